import { keepRows } from "../../db/kept-rows.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { changeConfiguration } from "../change-configuration.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { getApiRow } from "./find-api.ts";
import { subjectOf } from "./write-api.ts";

/**
 * Deletes an API with its keys, whatever its state; its revisions and audit events stay. It can be brought back for
 * restorableDays (restore-deleted-api.ts). Problems: not-found, forbidden.
 */
export async function deleteApi(context: ServerContext, id: string): Promise<void> {
  const permission = requirePermission(context, "api.delete");
  await changeConfiguration(context, async (tx, revision) => {
    const row = await getApiRow(permission, tx, id);
    const { name, version, ownerId } = row;
    await tx.apiDeletion.create({
      data: {
        ...{ apiId: row.id, revision, name, version, context: row.context, ownerId },
        ...{ deletedAt: context.now(), deletedBy: context.actor.name, apiCreatedAt: row.createdAt },
      },
    });
    await keepRows(tx, row.id);
    await tx.api.delete({ where: { id: row.id } });
    const detail = {
      revision,
      lastRevision: row.revision,
      context: row.context,
      lifecycleState: row.lifecycleState,
      owner: row.owner.name,
    };
    await recordAudit(tx, context, { action: "api.delete", ...subjectOf(row), detail });
  });
}
