import { type GuardSettings, guardSettingsSchema } from "../../model/guard.ts";
import { parseInput } from "../../model/parse-input.ts";
import { getApiRow } from "../apis/find-api.ts";
import { subjectOf } from "../apis/write-api.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { changeConfiguration } from "../change-configuration.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { findGuardSettings } from "./guard-row.ts";

/**
 * Sets how publishes of an API are guarded. It holds for changes from now on: one that is being watched stays so. The API's
 * revision stays as well. Problems: invalid, not-found, forbidden.
 */
export async function setApiGuard(context: ServerContext, id: string, input: GuardSettings): Promise<GuardSettings> {
  const permission = requirePermission(context, "guard.set");
  const settings = parseInput(guardSettingsSchema, input);
  return changeConfiguration(context, async (tx, revision) => {
    const row = await getApiRow(permission, tx, id);
    const before = await findGuardSettings(tx, row.id);
    await tx.apiGuard.upsert({ where: { apiId: row.id }, create: { apiId: row.id, ...settings }, update: settings });
    // Gateways count the requests of guarded APIs by revision, so they have to hear of it.
    await tx.api.update({
      where: { id: row.id },
      data: { isGuarded: settings.enabled, changeRevision: revision, updatedAt: row.updatedAt },
    });
    await recordAudit(tx, context, {
      action: "guard.settings",
      ...subjectOf(row),
      detail: { before, after: settings },
    });
    return settings;
  });
}
