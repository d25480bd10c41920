import { createHash, randomBytes } from "node:crypto";
import type { Logger } from "pino";
import { sealingKey, unseal } from "../../lib/db/sealed-text.ts";
import type { KeyType } from "../../lib/model/endpoint-config.ts";
import { type EndpointSecurity, readEndpointSecurity } from "../../lib/model/endpoint-security.ts";
import { endpointTarget } from "../../lib/model/endpoint-target.ts";
import type { SnapshotApi } from "../../lib/model/snapshot.ts";
import type { EndpointTlsStore } from "../certificates/endpoint-tls.ts";
import { DigestCredentials } from "./digest-credentials.ts";
import { type EndpointCredentials, staticCredentials, unusableCredentials } from "./endpoint-credentials.ts";
import { OAuthCredentials } from "./oauth-credentials.ts";
import { type OAuthSecurity, requestToken } from "./token-request.ts";

export type CredentialsStoreOptions = {
  /** FAIRLEAD_SECRET, under which secrets are sealed. */
  secret: string;
  /** Certificates count for token servers as well. */
  tls: EndpointTlsStore;
  /** ms of the monotonic clock. */
  now: () => number;
  log: Logger;
};

/** Most APIs whose tokens and challenges are kept; beyond, the one that came first is forgotten. */
const maxKept = 10_000;

/**
 * The credentials of all APIs towards their endpoints. What was learnt (a token, a challenge) outlives reloads that do not
 * change how it was learnt.
 */
export class CredentialsStore {
  readonly #options: CredentialsStoreOptions;
  readonly #key: Buffer;
  readonly #kept = new Map<string, { name: string; credentials: EndpointCredentials }>();

  constructor(options: CredentialsStoreOptions) {
    this.#options = options;
    this.#key = sealingKey(options.secret);
  }

  /** What an API shows to the endpoints of a key type; undefined: nothing. */
  for(api: SnapshotApi, keyType: KeyType): EndpointCredentials | undefined {
    if (!api.endpointConfig?.extra) return undefined;
    const read = readEndpointSecurity(api.endpointConfig, keyType);
    if (!read.ok || !read.security) return undefined;
    const place = `${api.id} ${keyType}`;
    const certificates = read.security.kind === "oauth" ? api.certificates : undefined;
    const name = createHash("sha256")
      .update(JSON.stringify([read.security, certificates]))
      .digest("base64");
    const kept = this.#kept.get(place);
    if (kept?.name === name) return kept.credentials;
    const credentials = this.#make(read.security, api, keyType);
    this.#kept.delete(place);
    this.#kept.set(place, { name, credentials });
    const [first] = this.#kept.keys();
    if (this.#kept.size > maxKept && first !== undefined) this.#kept.delete(first);
    return credentials;
  }

  #make(sealed: EndpointSecurity, api: SnapshotApi, keyType: KeyType): EndpointCredentials {
    const { log } = this.#options;
    const place = { api: api.id, keyType };
    const security = this.#opened(sealed);
    if (!security) {
      const reason = "secrets of endpoint security were sealed under another FAIRLEAD_SECRET";
      log.error(place, reason);
      return unusableCredentials(sealed.kind, reason);
    }
    switch (security.kind) {
      case "basic": {
        const pair = Buffer.from(`${security.username}:${security.password}`).toString("base64");
        return staticCredentials("basic", { kind: "field", name: "Authorization", value: `Basic ${pair}` });
      }
      case "api-key": {
        const kind = security.place === "header" ? "field" : "query";
        if (kind === "field" && /[^\x20-\x7e\x80-\xff]/.test(security.value)) {
          const reason = "the key has characters that no header field takes";
          log.error(place, reason);
          return unusableCredentials("api-key", reason);
        }
        return staticCredentials("api-key", { kind, name: security.name, value: security.value });
      }
      case "digest":
        return new DigestCredentials(security, () => randomBytes(16).toString("hex"));
      case "oauth":
        return this.#oauth(security, api, place);
    }
  }

  #oauth(security: OAuthSecurity, { certificates = [] }: SnapshotApi, place: object): EndpointCredentials {
    const { log, now, tls } = this.#options;
    const facts = { ...place, tokenServer: new URL(security.tokenUrl).origin };
    return new OAuthCredentials({
      requestToken: () => requestToken(security, tls.for(certificates, endpointTarget(security.tokenUrl))),
      now,
      onFailure: ({ message }) => log.warn({ ...facts, reason: message }, "no token for the endpoints of an API"),
      onRecovery: () => log.info(facts, "tokens for the endpoints of an API can be had again"),
    });
  }

  /** With its secrets in clear; undefined when one cannot be opened. */
  #opened(security: EndpointSecurity): EndpointSecurity | undefined {
    const open = (text: string) => unseal(text, this.#key);
    switch (security.kind) {
      case "basic":
      case "digest": {
        const password = open(security.password);
        return password === undefined ? undefined : { ...security, password };
      }
      case "api-key": {
        const value = open(security.value);
        return value === undefined ? undefined : { ...security, value };
      }
      case "oauth": {
        const clientSecret = open(security.clientSecret);
        const password = security.owner && open(security.owner.password);
        if (clientSecret === undefined || (security.owner && password === undefined)) return undefined;
        const owner = security.owner && { username: security.owner.username, password: password ?? "" };
        // Only those that are marked as secret are sealed.
        const customParameters = Object.fromEntries(
          Object.entries(security.customParameters).map(([name, value]) => [name, open(value) ?? value]),
        );
        return { ...security, clientSecret, owner, customParameters };
      }
    }
  }
}
