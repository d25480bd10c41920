import { createHmac, timingSafeEqual } from "node:crypto";

/** Name of the cookie that carries a Transport session. */
export const sessionCookieName = "FAIRLEAD_SESSION";

/** What a session cookie says: the endpoint, and until when (ms since the epoch). */
export type SessionClaim = { endpointId: string; expiresAtMs: number };

/**
 * The value of a session cookie: `{endpoint}.{expiry}.{signature}`, the endpoint in base64url, the expiry in base 36.
 * The signature covers the group, so a value of another API or key type is foreign. Any gateway of the installation can
 * read it, and none has to remember it.
 */
export function signSessionCookie(claim: SessionClaim, groupKey: string, secret: string): string {
  const payload = `${Buffer.from(claim.endpointId).toString("base64url")}.${claim.expiresAtMs.toString(36)}`;
  return `${payload}.${signature(payload, groupKey, secret)}`;
}

/** The claim of a value that we signed for this group and that has not expired; undefined for every other value. */
export function readSessionCookie(
  value: string,
  groupKey: string,
  secret: string,
  wallClockMs: number,
): SessionClaim | undefined {
  const [endpoint, expiry, given, ...rest] = value.split(".");
  if (!endpoint || !expiry || !given || rest.length > 0 || value.length > 300) return undefined;
  const expected = Buffer.from(signature(`${endpoint}.${expiry}`, groupKey, secret));
  const actual = Buffer.from(given);
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return undefined;
  const expiresAtMs = Number.parseInt(expiry, 36);
  if (!(wallClockMs < expiresAtMs)) return undefined;
  return { endpointId: Buffer.from(endpoint, "base64url").toString(), expiresAtMs };
}

function signature(payload: string, groupKey: string, secret: string): string {
  return createHmac("sha256", `session-cookie:${secret}`).update(`${groupKey}\n${payload}`).digest("base64url");
}

/** The `Set-Cookie` value. RFC 6265 §4.1: no Expires, so the cookie ends with the browser or with its own signed expiry. */
export function sessionSetCookie(value: string, path: string, isSecure: boolean): string {
  return `${sessionCookieName}=${value}; Path=${path}; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
}
