import "server-only";
import type { Database } from "../../db/client.ts";
import { Prisma } from "../../db/generated/client.ts";
import { type DeletedApi, restorableDays } from "../../model/deleted-api.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";

const dayMs = 86_400_000;

/** Most that are listed; older ones come up when newer ones are brought back or gone for good. */
const mostListed = 500;

/** APIs of the actor that are gone and can be brought back, the newest first; of everybody, for whom reaches them. Problems: forbidden. */
export async function listDeletedApis(context: ServerContext): Promise<DeletedApi[]> {
  const { reach } = requirePermission(context, "deleted-api.list");
  const deletions = await context.db.apiDeletion.findMany({
    where: { AND: [isRestorable(context.now()), reach === "own" ? { ownerId: context.actor.id } : {}] },
    include: { owner: { select: { name: true, email: true } } },
    orderBy: [{ deletedAt: "desc" }, { apiId: "asc" }],
    take: mostListed,
  });
  return deletions.flatMap(({ apiId, name, version, context: path, owner, deletedBy, deletedAt }) =>
    owner
      ? [
          {
            ...{ id: apiId, name, version, context: path, owner, deletedBy, deletedAt },
            restorableUntil: new Date(deletedAt.getTime() + restorableDays * dayMs),
          },
        ]
      : [],
  );
}

/** Which deletions can be taken back at a moment. */
export function isRestorable(now: Date) {
  return {
    ownerId: { not: null },
    kept: { not: Prisma.DbNull },
    deletedAt: { gt: new Date(now.getTime() - restorableDays * dayMs) },
  };
}

/**
 * Forgets keys, certificates and documents of APIs that nobody brought back in time. That they are gone stays written, for
 * gateways that were away for long.
 */
export async function sweepDeletedApis(db: Database): Promise<void> {
  await db.$executeRaw`
    WITH expired AS (
      UPDATE api_deletion SET kept = NULL
      WHERE kept IS NOT NULL AND deleted_at < now() - make_interval(days => ${restorableDays}::int) RETURNING api_id)
    DELETE FROM api_documentation USING expired WHERE api_documentation.api_id = expired.api_id`;
}
