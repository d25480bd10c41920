import { hash } from "node:crypto";
import { errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from "jose";
import type { KeyType } from "../model/endpoint-config.ts";
import type { JwtSettings } from "../model/jwt-settings.ts";
import type { TokenRefusal, TokenRefusalReason } from "../model/token-refusal.ts";
import type { KeySet } from "./key-set.ts";
import { readToken } from "./read-token.ts";

/** What a token is good for, or why for nothing. */
export type TokenVerdict =
  | {
      kind: "accepted";
      keyType: KeyType;
      /** Who calls; undefined where nobody is told apart. */
      consumer: string | undefined;
      /** When it stops being accepted, ms since the epoch: its expiry and the tolerance. */
      expiresAtMs: number;
    }
  | { kind: "refused"; refusal: TokenRefusal };

/** Longest token, characters: larger heads are refused anyway at twice that. */
export const maxTokenLength = 8_192;
/** Longer names of consumers stand as their hashes. */
const maxConsumerLength = 128;

/**
 * Checks a token against an API's settings with the keys of the issuer (RFC 7519, RFC 8725). Keys and addresses that the
 * token's own header has are not looked at; its `kid` is compared and nothing else.
 */
export async function verifyToken(
  token: string,
  settings: JwtSettings,
  keySet: KeySet,
  wallClockMs: number,
): Promise<TokenVerdict> {
  if (token.length > maxTokenLength) return refusedToken("too-long");
  if (token.split(".").length === 5) return refusedToken("encrypted");
  const options: JWTVerifyOptions = {
    issuer: settings.issuer,
    audience: settings.audiences,
    algorithms: settings.algorithms,
    clockTolerance: settings.clockToleranceSeconds,
    requiredClaims: ["exp"],
    currentDate: new Date(wallClockMs),
  };
  try {
    return decide(await payloadOf(token, keySet, options), settings);
  } catch (error) {
    return { kind: "refused", refusal: refusalOf(error, token, settings, wallClockMs) };
  }
}

export function refusedToken(reason: TokenRefusalReason): TokenVerdict & { kind: "refused" } {
  return { kind: "refused", refusal: { reason, offByMs: null } };
}

/** The claims of a token whose signature is good. One that names no key is tried with each that could be meant. */
async function payloadOf(token: string, { find }: KeySet, options: JWTVerifyOptions): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, find, options)).payload;
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const key of error) {
      try {
        return (await jwtVerify(token, key, options)).payload;
      } catch (failure) {
        if (!(failure instanceof errors.JWSSignatureVerificationFailed)) throw failure;
      }
    }
    throw new errors.JWKSNoMatchingKey();
  }
}

function decide(payload: JWTPayload, settings: JwtSettings): TokenVerdict {
  const { sandbox, consumer, scopes, clockToleranceSeconds } = settings;
  const granted = new Set([...listOf(payload.scope, " "), ...listOf(payload.scp, " ")]);
  if (!scopes.every((scope) => granted.has(scope))) return refusedToken("scope");
  const name = consumer ? listOf(payload[consumer.claim])[0] : undefined;
  if (consumer && name === undefined) return refusedToken("no-consumer");
  const isSandbox = sandbox !== null && listOf(payload[sandbox.claim]).some((value) => sandbox.values.includes(value));
  return {
    kind: "accepted",
    keyType: isSandbox ? "sandbox" : "production",
    consumer: name !== undefined && name.length > maxConsumerLength ? hash("sha256", name) : name,
    expiresAtMs: ((payload.exp ?? 0) + clockToleranceSeconds) * 1_000,
  };
}

/** The values of a claim as texts: of a list each, of a text itself, or its parts. */
function listOf(claim: unknown, separator?: string): string[] {
  const values: unknown[] = Array.isArray(claim) ? claim : [claim];
  return values
    .flatMap((value) => {
      if (typeof value === "string") return separator === undefined ? [value] : value.split(separator);
      return typeof value === "number" || typeof value === "boolean" ? [String(value)] : [];
    })
    .filter((value) => value !== "");
}

function refusalOf(error: unknown, token: string, { issuer }: JwtSettings, wallClockMs: number): TokenRefusal {
  const refusal = (reason: TokenRefusalReason, offByMs: number | null = null) => ({ reason, offByMs });
  if (error instanceof errors.JWTExpired) return refusal("expired", wallClockMs - (error.payload.exp ?? 0) * 1_000);
  if (error instanceof errors.JWTClaimValidationFailed) {
    const { claim, reason, payload } = error;
    if (claim === "iss") return refusal("issuer");
    if (claim === "aud") return refusal("audience");
    if (claim === "exp" && reason === "missing") return refusal("no-expiry");
    if (claim === "nbf" && reason === "check_failed")
      return refusal("not-yet-valid", (payload.nbf ?? 0) * 1_000 - wallClockMs);
    return refusal("claims");
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return refusal("algorithm");
  if (error instanceof errors.JOSENotSupported)
    return refusal(error.message.startsWith("Extension Header") ? "critical-header" : "algorithm");
  if (error instanceof errors.JWSSignatureVerificationFailed) return refusal("signature");
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return refusal("not-a-jwt");
  // Whom it names is believed only as far as that is of no use to whoever wrote it.
  if (error instanceof errors.JWKSNoMatchingKey)
    return refusal(readToken(token).claims.iss === issuer ? "unknown-key" : "issuer");
  // A key that is not what its type says, or nothing that anybody has thought of: it lets nobody in.
  return refusal("unusable-key");
}
