import { parseInput } from "../../model/parse-input.ts";
import { type KeySetCheck, type KeySetCheckRequest, keySetCheckRequestSchema } from "../../model/token-check.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { issuerKeys } from "./issuer-keys.ts";

/** Which keys an issuer publishes. Problems: those of {@link issuerKeys}; invalid at `jwksUrl`. */
export async function checkKeySet(context: ServerContext, request: KeySetCheckRequest): Promise<KeySetCheck> {
  const permission = requirePermission(context, "endpoint.check");
  const found = await issuerKeys(permission, context.db, parseInput(keySetCheckRequestSchema, request));
  if ("error" in found) return { keys: [], leftOut: 0, error: found.error };
  const { keys, leftOut } = found.keys;
  return { keys: [...keys], leftOut, error: null };
}
