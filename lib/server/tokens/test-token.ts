import { readToken } from "../../jwt/read-token.ts";
import { verifyToken } from "../../jwt/verify-token.ts";
import type { JwtSettings } from "../../model/jwt-settings.ts";
import { parseInput } from "../../model/parse-input.ts";
import { type TokenTest, type TokenTestRequest, tokenTestRequestSchema } from "../../model/token-check.ts";
import { type TokenRefusalReason, tokenRefusalWords } from "../../model/token-refusal.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { issuerKeys } from "./issuer-keys.ts";

/**
 * What gateways would say of a token by these settings, which need not be saved: the same code, with the issuer's keys as
 * they are now. The token is neither kept nor logged. Problems: those of {@link issuerKeys}; invalid at `token` and
 * `settings.…`.
 */
export async function testToken(context: ServerContext, request: TokenTestRequest): Promise<TokenTest> {
  const permission = requirePermission(context, "endpoint.check");
  const { apiId, settings, token } = parseInput(tokenTestRequestSchema, request);
  const found = await issuerKeys(permission, context.db, { apiId, jwksUrl: settings.jwksUrl });
  if ("error" in found) {
    const words = `${tokenRefusalWords({ reason: "keys-unavailable", offByMs: null })}: ${found.error}`;
    return { kind: "refused", words, difference: null };
  }
  const verdict = await verifyToken(token, settings, found.keys, context.now().getTime());
  if (verdict.kind === "accepted") {
    const { keyType, consumer = null, expiresAtMs } = verdict;
    return { kind: "accepted", keyType, consumer, expiresAt: new Date(Math.min(expiresAtMs, 8.64e15)) };
  }
  const { refusal } = verdict;
  return {
    kind: "refused",
    words: tokenRefusalWords(refusal),
    difference: differenceOf(refusal.reason, token, settings),
  };
}

/** Who pasted a token may read it: what it says beside what is asked for. */
function differenceOf(reason: TokenRefusalReason, token: string, settings: JwtSettings) {
  const { header, claims } = readToken(token);
  const between = (has: unknown, expected: string) => ({ has: shown(has), expected });
  switch (reason) {
    case "algorithm":
      return between(header.alg, settings.algorithms.join(", "));
    case "unknown-key":
      return between(header.kid, "a key that the issuer publishes");
    case "issuer":
      return between(claims.iss, settings.issuer);
    case "audience":
      return between(claims.aud, settings.audiences.join(", "));
    case "scope":
      return between(claims.scope ?? claims.scp, settings.scopes.join(" "));
    case "no-consumer":
      return between(Object.keys(claims).join(", "), settings.consumer?.claim ?? "");
    default:
      return null;
  }
}

function shown(value: unknown): string {
  if (value === undefined || value === "") return "nothing";
  return (typeof value === "string" ? value : JSON.stringify(value)).slice(0, 500);
}
