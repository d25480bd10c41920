import { createHash, randomBytes } from "node:crypto";
import { apiKeyFromRow } from "../../db/api-key-row.ts";
import type { Transaction } from "../../db/client.ts";
import { type ApiKey, type NewApiKey, newApiKeySchema } from "../../model/api-key.ts";
import { consumerKeyPrefix } from "../../model/api-key-secret.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { subjectOf } from "../apis/write-api.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { changeApiKeys } from "./change-api-keys.ts";

/** Characters of a key that are kept to recognise it by: what is left of it cannot be guessed. */
const shownLength = consumerKeyPrefix.length + 6;

/** Most keys of one API: every gateway holds all of them in memory. */
const maxKeys = 1_000;

/**
 * Makes a consumer's key. `secret` is the key itself: this is the only time it exists outside the consumer's hands.
 * Problems: invalid, not-found, forbidden; conflict at `name`.
 */
export async function createApiKey(
  context: ServerContext,
  apiId: string,
  input: NewApiKey,
): Promise<{ key: ApiKey; secret: string }> {
  const permission = requirePermission(context, "api-key.create");
  const { name, keyType, expiresAt } = parseInput(newApiKeySchema, input);
  refusePast(expiresAt, context.now());
  const secret = consumerKeyPrefix + randomBytes(32).toString("base64url");
  const key = await changeApiKeys(context, permission, apiId, async (tx, api) => {
    await refuseTaken(tx, api.id, name);
    const row = await tx.apiKey.create({
      data: {
        apiId: api.id,
        name,
        keyType,
        hash: createHash("sha256").update(secret).digest("hex"),
        prefix: secret.slice(0, shownLength),
        expiresAt: expiresAt ?? null,
        createdBy: context.actor.id,
        createdAt: context.now(),
      },
    });
    const detail = { key: name, keyType, expiresAt: expiresAt ?? null };
    await recordAudit(tx, context, { action: "api-key.create", ...subjectOf(api), detail });
    return apiKeyFromRow(row);
  });
  return { key, secret };
}

function refusePast(expiresAt: Date | undefined, now: Date): void {
  if (!expiresAt || expiresAt > now) return;
  const message = "The expiry has to be in the future.";
  throw new Problem("invalid", message, [{ path: "expiresAt", message }]);
}

async function refuseTaken(tx: Transaction, apiId: string, name: string): Promise<void> {
  const taken = await tx.apiKey.findUnique({ where: { apiId_name: { apiId, name } }, select: { id: true } });
  if (taken) {
    const message = `This API has a key named ${name} already.`;
    throw new Problem("conflict", message, [{ path: "name", message }]);
  }
  if ((await tx.apiKey.count({ where: { apiId } })) >= maxKeys) {
    throw new Problem("conflict", `An API has at most ${maxKeys} keys. Revoke those that are no longer used.`);
  }
}
