import type { EndpointSecurity } from "../../lib/model/endpoint-security.ts";

/** What one request says of the gateway: a header field, or a parameter that is added to the query. */
export type Authorization =
  | { kind: "none" }
  | { kind: "field"; name: string; value: string }
  | { kind: "query"; name: string; value: string };

/** A request that is about to be sent, as digests of it are made. */
export type AuthorizedRequest = {
  method: string;
  /** Path and query as they are sent. */
  path: string;
  /** Of the endpoint. */
  origin: string;
};

/** An endpoint that answered 401. */
export type Refused = { origin: string; authorization: Authorization; challenges: readonly string[] };

/** The gateway has nothing to show to the endpoints. The message is for logs: it holds no secret. */
export class CredentialsError extends Error {}

/** How the gateway says who it is to the endpoints of one key type of an API. */
export type EndpointCredentials = {
  readonly kind: EndpointSecurity["kind"];
  /**
   * Fetches what a request needs before it can be sent. Undefined: everything is there. Rejects with a
   * {@link CredentialsError}.
   */
  prepare(): Promise<void> | undefined;
  authorize(request: AuthorizedRequest): Authorization;
  /** Whether the request is worth another attempt, with what is known now. Never rejects. */
  renew(refused: Refused): Promise<boolean>;
};

/** The same for everybody, for as long as the configuration stands: Basic (RFC 7617) and keys. */
export function staticCredentials(kind: "basic" | "api-key", authorization: Authorization): EndpointCredentials {
  return {
    kind,
    prepare: () => undefined,
    authorize: () => authorization,
    renew: async () => false,
  };
}

/** What is stored cannot be used: nothing is sent without what it should say. */
export function unusableCredentials(kind: EndpointSecurity["kind"], reason: string): EndpointCredentials {
  return {
    kind,
    prepare: () => Promise.reject(new CredentialsError(reason)),
    authorize: () => ({ kind: "none" }),
    renew: async () => false,
  };
}
