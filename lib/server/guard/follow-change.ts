import { randomUUID } from "node:crypto";
import type { Transaction } from "../../db/client.ts";
import type { ApiDocument } from "../../model/api.ts";
import { isLive } from "../../model/lifecycle.ts";
import { findGuardSettings } from "./guard-row.ts";

/** A save, as the guard looks at it. */
export type GuardedChange = {
  apiId: string;
  before: ApiDocument;
  after: ApiDocument;
  /** The revision before it, and its own. */
  baseRevision: number;
  revision: number;
  actorName: string;
  /** Whether it is what a guard, or somebody who was warned by one, decided: then it is not watched. */
  isTrusted: boolean;
};

/**
 * Begins to watch a change of what gateways serve of a live API, in the transaction that saves it. A change on top of one
 * that is being watched is watched in its place: what would be restored stays the last revision that has proved itself.
 */
export async function followChange(tx: Transaction, change: GuardedChange): Promise<void> {
  const { apiId, before, after, revision, actorName } = change;
  const isOver = !isLive(after.lifecycleState);
  if (!isOver && !isServedOtherwise(before, after)) return;
  const running = await tx.guardWatch.findFirst({ where: { apiId, state: "watching" } });
  if (running) {
    const reason = isOver ? `The API became ${after.lifecycleState}.` : `Revision ${revision} took its place.`;
    await tx.$executeRaw`UPDATE guard_watch SET state = 'superseded', reason = ${reason}, ended_at = clock_timestamp()
      WHERE id = ${running.id}::uuid`;
  }
  if (isOver || change.isTrusted || !isLive(before.lifecycleState)) return;
  const settings = await findGuardSettings(tx, apiId);
  if (!settings.enabled) return;
  const baseRevision = running?.baseRevision ?? change.baseRevision;
  // Every time is the database's: publishers' and gateways' clocks may be minutes apart.
  await tx.$executeRaw`
    INSERT INTO guard_watch (id, api_id, revision, base_revision, settings, actor_name, started_at, checked_at, until)
    SELECT ${randomUUID()}::uuid, ${apiId}::uuid, ${revision}, ${baseRevision}, ${JSON.stringify(settings)}::jsonb,
      ${actorName}, t, t, t + make_interval(mins => ${settings.watchMinutes}) FROM clock_timestamp() AS t`;
}

/** Whether gateways serve something else after it. */
function isServedOtherwise(before: ApiDocument, after: ApiDocument): boolean {
  const served = ({ endpointConfig, apiKeyRequired, runtime, isDefaultVersion }: ApiDocument) =>
    JSON.stringify([endpointConfig, apiKeyRequired, runtime, isDefaultVersion]);
  return served(before) !== served(after);
}
