import { createHmac, hash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { refusedToken, type TokenVerdict } from "../../lib/jwt/verify-token.ts";
import { consumerKeyPrefix, tryOutKeyPrefix } from "../../lib/model/api-key-secret.ts";
import type { CredentialKind } from "../../lib/model/decision-record.ts";
import { type KeyType, keyTypes } from "../../lib/model/endpoint-config.ts";
import type { SnapshotApi } from "../../lib/model/snapshot.ts";
import type { TokenRefusal } from "../../lib/model/token-refusal.ts";
import type { GatewayApi } from "../routing/gateway-api.ts";
import { fieldValues } from "./headers.ts";

/** Whether a request may call an API, which key type its key has, and what kind of credential that was. */
export type Admission =
  | {
      kind: "admitted";
      keyType: KeyType;
      credential: CredentialKind;
      keyId?: string;
      /** Whom a token names. */
      consumer?: string | undefined;
    }
  | { kind: "missing"; credential: "none" }
  | { kind: "invalid"; credential: CredentialKind }
  | { kind: "refused"; credential: "token"; refusal: TokenRefusal };

const maxKeyLength = 2_000;

const tryOutClaimSchema = z.strictObject({ apiId: z.string(), keyType: z.enum(keyTypes), expiresAtMs: z.number() });

/** What a request's fields say of who calls. */
export type Credentials = {
  internalKey: string | undefined;
  apiKey: string | undefined;
  /** All fields `Authorization`, joined by a comma as the protocol has it. Nobody looks at it where no token is taken. */
  authorization: string | undefined;
};

export function credentialsIn(rawHeaders: readonly string[]): Credentials {
  const authorizations = fieldValues(rawHeaders, "authorization");
  return {
    internalKey: fieldValues(rawHeaders, "internal-key")[0],
    apiKey: fieldValues(rawHeaders, "apikey")[0],
    authorization: authorizations.length === 0 ? undefined : authorizations.join(", "),
  };
}

/**
 * Checks the credentials of a request: header `Internal-Key`, else header `apikey`, else the query's `apikey`, else the
 * token in `Authorization`. One that is good is enough. A promise, which never rejects, only for tokens that come for the
 * first time.
 *
 * @param needsNone none are needed here; those that are good for something choose the key type all the same
 */
export function admit(
  { api, rules: { tokens } }: Pick<GatewayApi, "api" | "rules">,
  credentials: Credentials,
  search: string,
  secret: string,
  wallClockMs: number,
  needsNone = false,
): Admission | Promise<Admission> {
  const byKey = admitByKey(api, credentials, search, secret, wallClockMs);
  if (!tokens || byKey.kind === "admitted" || byKey.credential === "try-out") return settled(byKey, api, needsNone);
  const token = bearerToken(credentials.authorization);
  if (token === undefined) return settled(byKey, api, needsNone);
  const verdict = refusedUnread(token) ?? tokens.check(token);
  return verdict instanceof Promise
    ? verdict.then((found) => settled(admissionByToken(found), api, needsNone))
    : settled(admissionByToken(verdict), api, needsNone);
}

/** Where nothing is asked for, what is good for nothing is as good as nothing. */
function settled(admission: Admission, api: SnapshotApi, needsNone: boolean): Admission {
  return needsNone && admission.kind !== "admitted" ? openAdmission(api) : admission;
}

/** What follows the scheme; undefined: it is another one. RFC 6750 §2.1. */
function bearerToken(authorization: string | undefined): string | undefined {
  if (authorization === undefined || !/^bearer(?: |$)/i.test(authorization)) return undefined;
  return authorization.slice("bearer".length).trim();
}

/** What nobody has to look into; undefined: it may be a token. */
function refusedUnread(token: string): TokenVerdict | undefined {
  // Two readers might take two different ones for the caller's.
  if (token.includes(",")) return refusedToken("several");
  return token.startsWith(consumerKeyPrefix) ? refusedToken("api-key") : undefined;
}

function admissionByToken(verdict: TokenVerdict): Admission {
  if (verdict.kind === "refused") return { kind: "refused", credential: "token", refusal: verdict.refusal };
  return { kind: "admitted", keyType: verdict.keyType, credential: "token", consumer: verdict.consumer };
}

function admitByKey(
  api: SnapshotApi,
  { internalKey, apiKey }: Credentials,
  search: string,
  secret: string,
  wallClockMs: number,
): Exclude<Admission, { kind: "refused" }> {
  if (internalKey !== undefined) {
    const keyType = tryOutKeyType(internalKey, api.id, secret, wallClockMs);
    if (keyType) return { kind: "admitted", keyType, credential: "try-out" };
    if (api.apiKeyRequired || api.runtime?.jwt) return { kind: "invalid", credential: "try-out" };
  }
  if (!api.apiKeyRequired) return api.runtime?.jwt ? { kind: "missing", credential: "none" } : openAdmission(api);
  const key = apiKey ?? queryKey(search);
  if (key === undefined || key === "") return { kind: "missing", credential: "none" };
  const stored = consumerKey(key, api, wallClockMs);
  if (!stored) return { kind: "invalid", credential: "apikey" };
  return { kind: "admitted", keyType: stored.keyType, credential: "apikey", keyId: stored.id };
}

/** Nobody asks who it is: production, as long as there is one. */
function openAdmission(api: SnapshotApi): Admission & { kind: "admitted" } {
  const keyType = api.endpointConfig?.production ? "production" : "sandbox";
  return { kind: "admitted", keyType, credential: "none" };
}

function consumerKey(key: string, api: SnapshotApi, wallClockMs: number): SnapshotApi["keys"][number] | undefined {
  if (!key.startsWith(consumerKeyPrefix) || key.length > maxKeyLength) return undefined;
  // Keys are random and long, so comparing hashes gives nothing away by its timing.
  const digest = knownDigests.get(key) ?? hash("sha256", key);
  const stored = api.keys.find((candidate) => candidate.hash === digest);
  if (!stored || (stored.expiresAtMs !== null && wallClockMs >= stored.expiresAtMs)) return undefined;
  if (knownDigests.size >= maxKnownDigests) knownDigests.clear();
  knownDigests.set(key, digest);
  return stored;
}

/** Digests of keys that were good for something: a digest is a part of a request's cost that can be seen. */
const knownDigests = new Map<string, string>();
const maxKnownDigests = 4_096;

function tryOutKeyType(key: string, apiId: string, secret: string, wallClockMs: number): KeyType | undefined {
  if (!key.startsWith(tryOutKeyPrefix) || key.length > maxKeyLength) return undefined;
  const [payload, signature, ...rest] = key.slice(tryOutKeyPrefix.length).split(".");
  if (!payload || !signature || rest.length > 0) return undefined;
  const expected = createHmac("sha256", `try-out:${secret}`).update(payload).digest();
  const given = Buffer.from(signature, "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const claim = tryOutClaimSchema.safeParse(parseJson(Buffer.from(payload, "base64url").toString()));
  if (!claim.success || claim.data.apiId !== apiId || wallClockMs >= claim.data.expiresAtMs) return undefined;
  return claim.data.keyType;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // No claim, whoever signed it.
  }
}

function queryKey(search: string): string | undefined {
  const pair = search
    .slice(1)
    .split("&")
    .find((candidate) => candidate.startsWith("apikey="));
  if (pair === undefined) return undefined;
  try {
    return decodeURIComponent(pair.slice("apikey=".length));
  } catch {
    return ""; // A broken escape is no key.
  }
}

/** Which fields are the gateway's at an API, whatever they hold; at others they are the endpoint's. */
export type OwnFields = {
  /** `apikey`, also in the query: the API asks for keys. */
  readonly apikey: boolean;
  /** `Authorization`: the API takes tokens, and its endpoints are not to see them. */
  readonly authorization: boolean;
};

export function ownFieldsOf({ apiKeyRequired, runtime }: SnapshotApi): OwnFields {
  return { apikey: apiKeyRequired, authorization: runtime?.jwt ? !runtime.jwt.forwardToken : false };
}

/**
 * Whether a header field is a credential for the gateway, which is nobody else's. An open API has no keys: an `apikey`
 * that is none of ours is then its endpoint's.
 */
export function isGatewayCredential(lowerCaseName: string, value: string, own: OwnFields): boolean {
  switch (lowerCaseName) {
    case "internal-key":
      return true;
    case "apikey":
      return own.apikey || isOurKey(value);
    case "authorization":
      return own.authorization;
    default:
      return false;
  }
}

/** A query without the gateway's key, every other byte as it was; both with the question mark. */
export function withoutQueryKey(search: string, own: OwnFields): string {
  if (!search.includes("apikey")) return search;
  const pairs = search.slice(1).split("&");
  const kept = pairs.filter((pair) => {
    if (pair !== "apikey" && !pair.startsWith("apikey=")) return true;
    return !own.apikey && !isOurKey(pair.slice("apikey=".length));
  });
  if (kept.length === pairs.length) return search;
  return kept.length === 0 ? "" : `?${kept.join("&")}`;
}

function isOurKey(value: string): boolean {
  return value.startsWith(consumerKeyPrefix) || value.startsWith(tryOutKeyPrefix);
}
