import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from "node:crypto";

/** Name of the cookie that carries Transport sessions. */
export const sessionCookieName = "FAIRLEAD_SESSION";

/** What a session cookie says of one group: the endpoint, and until when (ms since the epoch). */
export type SessionClaim = { endpointId: string; expiresAtMs: number };

/**
 * Groups that one cookie speaks of. Versions of an API share its context, and so one cookie of a client; without room
 * for each, they would overwrite one another's sessions.
 */
const maxClaims = 8;

const maxVerified = 10_000;

/**
 * Signs and reads the session cookie: claims `{group}.{endpoint}.{expiry}.{signature}` joined by `~`, the endpoint in
 * base64url, the expiry in base 36, the signature HMAC-SHA-256 of the three before it, cut to 128 bits. The key comes
 * from the installation's secret, so any of its gateways reads the cookie and none has to remember it. `group` is a tag
 * of API and key type, without dots.
 */
export class SessionCookieCodec {
  /** Made once: from octets, every signature would make one of its own, which takes longer than signing. */
  readonly #key: KeyObject;
  /** Claims by their text whose signature was right: a client sends the same one again and again. */
  readonly #verified = new Map<string, SessionClaim>();

  constructor(secret: string) {
    this.#key = createSecretKey(Buffer.from(hkdfSync("sha256", secret, "", "fairlead session cookie", 32)));
  }

  /** The value for a new claim of this group; the claims of other groups are carried over from what the client sent. */
  write(group: string, claim: SessionClaim, sent: readonly string[], wallClockMs: number): string {
    const payload = `${group}.${Buffer.from(claim.endpointId).toString("base64url")}.${claim.expiresAtMs.toString(36)}`;
    const others = claimsOf(sent)
      .filter((text) => !text.startsWith(`${group}.`) && this.#verify(text, wallClockMs))
      .slice(0, maxClaims - 1);
    return [`${payload}.${this.#sign(payload)}`, ...others].join("~");
  }

  /** The claim for this group that we signed and that has not expired, or undefined: whatever else was sent is ignored. */
  read(group: string, sent: readonly string[], wallClockMs: number): SessionClaim | undefined {
    for (const text of claimsOf(sent)) {
      const claim = text.startsWith(`${group}.`) ? this.#verify(text, wallClockMs) : undefined;
      if (claim) return claim;
    }
    return undefined;
  }

  #verify(text: string, wallClockMs: number): SessionClaim | undefined {
    const claim = this.#verified.get(text) ?? this.#read(text);
    return claim && wallClockMs < claim.expiresAtMs ? claim : undefined;
  }

  #read(text: string): SessionClaim | undefined {
    const [group, endpoint, expiry, signature, ...rest] = text.split(".");
    if (!group || !endpoint || !expiry || !signature || rest.length > 0) return undefined;
    const expected = Buffer.from(this.#sign(`${group}.${endpoint}.${expiry}`));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const claim = {
      endpointId: Buffer.from(endpoint, "base64url").toString(),
      expiresAtMs: Number.parseInt(expiry, 36),
    };
    if (this.#verified.size >= maxVerified) this.#verified.clear();
    this.#verified.set(text, claim);
    return claim;
  }

  #sign(payload: string): string {
    return createHmac("sha256", this.#key).update(payload).digest().subarray(0, 16).toString("base64url");
  }
}

/** Texts that may be claims; no more of them are looked at than a client can have got from us. */
function claimsOf(sent: readonly string[]): readonly string[] {
  if (sent.length === 0 || (sent.length === 1 && !sent[0]?.includes("~"))) return sent;
  return [...new Set(sent.flatMap((value) => value.split("~", maxClaims)))].slice(0, 2 * maxClaims);
}

/** The `Set-Cookie` value. RFC 6265 §4.1: no Expires, so the cookie ends with the browser or with its own signed expiry. */
export function sessionSetCookie(value: string, path: string, isSecure: boolean): string {
  return `${sessionCookieName}=${value}; Path=${path}; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
}
