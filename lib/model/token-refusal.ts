import { z } from "zod";

/** Why a token lets nobody in. What the token said is never told: the one who sent it knows, and nobody else may. */
export const tokenRefusalReasons = [
  "missing",
  "too-long",
  "several",
  "not-a-jwt",
  "api-key",
  "encrypted",
  "algorithm",
  "critical-header",
  "unknown-key",
  "unusable-key",
  "signature",
  "issuer",
  "audience",
  "no-expiry",
  "expired",
  "not-yet-valid",
  "claims",
  "no-consumer",
  "scope",
  "keys-unavailable",
] as const;
export type TokenRefusalReason = (typeof tokenRefusalReasons)[number];

/** A refusal; `offByMs` is how long ago the token expired, or how long it is until it is valid, by the checker's clock. */
export const tokenRefusalSchema = z.strictObject({
  reason: z.enum(tokenRefusalReasons),
  offByMs: z.number().nullable(),
});
export type TokenRefusal = z.infer<typeof tokenRefusalSchema>;

const words = {
  missing: "there is none in the header Authorization, as Bearer",
  "too-long": "it is longer than 8,192 characters",
  several: "the request has more than one header Authorization",
  "not-a-jwt": "it is not a signed JWT",
  "api-key": "it is an API key, which goes in the header apikey",
  encrypted: "it is encrypted, and only signed ones are accepted",
  algorithm: "its algorithm is not one that the API accepts",
  "critical-header": "its header demands something that is not understood here",
  "unknown-key": "the issuer publishes no key that could have signed it",
  "unusable-key": "the issuer's key for it cannot be used",
  signature: "its signature is wrong",
  issuer: "it was issued by somebody else",
  audience: "it was issued for others",
  "no-expiry": "it does not say when it expires",
  expired: "it has expired",
  "not-yet-valid": "it is not valid yet",
  claims: "its claims are not what RFC 7519 says",
  "no-consumer": "it does not name the consumer",
  scope: "it does not have the scopes that the API asks for",
  "keys-unavailable": "the keys of its issuer could not be had",
} as const satisfies Record<TokenRefusalReason, string>;

/** Why a token was refused, beginning in lower case, "it" being the token. */
export function tokenRefusalWords({ reason, offByMs }: TokenRefusal): string {
  if (offByMs === null) return words[reason];
  if (reason === "expired") return `it expired ${spanWords(offByMs)} ago`;
  return reason === "not-yet-valid" ? `it is valid only in ${spanWords(offByMs)}` : words[reason];
}

/** The same in general terms, for whoever sent the token. */
export function tokenRefusalText(reason: TokenRefusalReason): string {
  return words[reason];
}

const units = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "min"],
] as const;

function spanWords(ms: number): string {
  const unit = units.find(([length]) => ms >= 2 * length);
  return unit ? `${Math.floor(ms / unit[0])} ${unit[1]}` : `${Math.max(1, Math.round(ms / 1_000))} s`;
}
