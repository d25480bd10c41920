import { type ApiRow, apiWithOwner, documentFromRow } from "../../db/api-row.ts";
import type { Transaction } from "../../db/client.ts";
import { jsonColumn } from "../../db/json-column.ts";
import { gatewayGoneAfterMs } from "../../model/gateway-report.ts";
import { type GuardFigures, guardSettingsSchema } from "../../model/guard.ts";
import { judge } from "../../model/guard-verdict.ts";
import { Problem } from "../../model/problem.ts";
import { becomeDefaultVersion, giveDefaultBack } from "../apis/default-version.ts";
import { getRevisionDocument } from "../apis/get-api-revision.ts";
import { replaceDocument, subjectOf } from "../apis/write-api.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { changeConfiguration } from "../change-configuration.ts";
import type { Actor, ServerContext } from "../context.ts";
import { watchTraffic } from "./watch-traffic.ts";

/** Who restores. A publisher like any other: what belongs to others stays unnamed in what it says. */
const guard: Actor = { id: "guarded-publish", name: "Guarded publish", email: "", role: "publisher" };

/** Watches that are looked at in one round. */
const mostWatches = 500;

/** What a watch is judged by, or why it is over. */
type Judgement =
  | { kind: "wait" }
  | { kind: "passed"; reason: string; figures: GuardFigures }
  | { kind: "exceeded"; reason: string; figures: GuardFigures };

/**
 * Looks at every change that is being watched, and restores what was before where it passed a limit. Any number of
 * publishers may do so at once: each watch ends once, in the transaction that restores.
 */
export async function checkWatches(options: Omit<ServerContext, "actor">): Promise<void> {
  const context = { ...options, actor: guard };
  const watches = await context.db.guardWatch.findMany({
    where: { state: "watching" },
    orderBy: { checkedAt: "asc" },
    take: mostWatches,
    select: { id: true },
  });
  for (const { id } of watches) await checkWatch(context, id);
}

async function checkWatch(context: ServerContext, id: string): Promise<void> {
  const judgement = await context.db.$transaction((tx) => judgeWatch(tx, id));
  if (judgement.kind === "wait") return;
  if (judgement.kind === "passed") {
    await context.db.$transaction((tx) => endWatch(tx, id, "passed", judgement));
    return;
  }
  try {
    await restore(context, id, judgement);
  } catch (error) {
    if (!(error instanceof Problem) || error.kind === "too-many-requests") throw error;
    await tellUnrestorable(context, id, judgement, error.message);
  }
}

async function judgeWatch(tx: Transaction, id: string): Promise<Judgement> {
  // Another publisher that looks at it now says what there is to say.
  const free: unknown[] = await tx.$queryRaw`
    SELECT id FROM guard_watch WHERE id = ${id}::uuid AND state = 'watching' FOR UPDATE SKIP LOCKED`;
  if (free.length === 0) return { kind: "wait" };
  // Without a gateway nothing is watched, so the time stands still.
  await tx.$executeRaw`
    UPDATE guard_watch SET checked_at = t, until = CASE WHEN EXISTS (
        SELECT FROM gateway WHERE last_seen_at > t - make_interval(secs => ${gatewayGoneAfterMs / 1000})
      ) THEN until ELSE until + greatest(t - checked_at, interval '0') END
    FROM clock_timestamp() AS t WHERE id = ${id}::uuid`;
  const watch = await tx.guardWatch.findUniqueOrThrow({ where: { id } });
  const settings = guardSettingsSchema.parse(watch.settings);
  const { figures, exceeded } = judge(settings, await watchTraffic(tx, watch));
  if (exceeded !== undefined) return { kind: "exceeded", reason: exceeded, figures };
  if (watch.until > watch.checkedAt) return { kind: "wait" };
  const { requests } = figures.after;
  const reason =
    requests >= settings.minRequests
      ? "No limit was passed."
      : `Only ${requests.toLocaleString("en-US")} of at least ${settings.minRequests.toLocaleString("en-US")} requests came, so there was nothing to judge by.`;
  return { kind: "passed", reason, figures };
}

type Ending = { reason: string; figures: GuardFigures; restoredRevision?: number };

/** Ends a watch, if it has not ended; whether it did. */
async function endWatch(tx: Transaction, id: string, state: string, ending: Ending): Promise<boolean> {
  const { reason, figures, restoredRevision = null } = ending;
  const ended = await tx.$executeRaw`
    UPDATE guard_watch SET state = ${state}, reason = ${reason}, figures = ${JSON.stringify(figures)}::jsonb,
      restored_revision = ${restoredRevision}, ended_at = clock_timestamp()
    WHERE id = ${id}::uuid AND state = 'watching'`;
  return ended === 1;
}

async function restore(context: ServerContext, id: string, { reason, figures }: Ending): Promise<void> {
  await changeConfiguration(context, async (tx, revision) => {
    // From here on nobody else saves, and nobody else ends the watch.
    if (!(await endWatch(tx, id, "restored", { reason, figures, restoredRevision: revision }))) return;
    const watch = await tx.guardWatch.findUniqueOrThrow({ where: { id } });
    const row = await tx.api.findUniqueOrThrow({ where: { id: watch.apiId }, include: apiWithOwner });
    const before = documentFromRow(row);
    const proved = await getRevisionDocument(tx, row.id, watch.baseRevision);
    // Only what gateways serve comes back: a description that was saved meanwhile has done no harm.
    const { endpointConfig, apiKeyRequired, runtime, isDefaultVersion } = proved;
    const after = { ...before, endpointConfig, apiKeyRequired, runtime, isDefaultVersion };
    await becomeDefaultVersion(tx, context, row.id, { before, after }, revision);
    await replaceDocument(tx, context, row, after, {
      revision,
      revisionAction: `Guarded restore of ${watch.baseRevision}`,
      auditAction: "guard.restore",
      comment: reason.slice(0, 500),
      auditDetail: detailOf(watch, row, { reason, figures }),
      isTrusted: true,
    });
    if (before.isDefaultVersion && !isDefaultVersion) await giveDefaultBack(tx, context, row, watch.revision, revision);
  });
}

async function tellUnrestorable(
  context: ServerContext,
  id: string,
  { reason, figures }: Ending,
  obstacle: string,
): Promise<void> {
  await context.db.$transaction(async (tx) => {
    const told = `${reason} The earlier revision could not be restored: ${obstacle}`;
    if (!(await endWatch(tx, id, "unrestorable", { reason: told, figures }))) return;
    const watch = await tx.guardWatch.findUniqueOrThrow({ where: { id } });
    const row = await tx.api.findUniqueOrThrow({ where: { id: watch.apiId }, include: apiWithOwner });
    const detail = detailOf(watch, row, { reason: told, figures });
    await recordAudit(tx, context, { action: "guard.restore-failed", ...subjectOf(row), detail });
  });
}

function detailOf(
  watch: { revision: number; baseRevision: number; actorName: string },
  row: ApiRow,
  { reason, figures }: Ending,
): object {
  const { revision, baseRevision, actorName } = watch;
  const guarded = { watchedRevision: revision, restoredRevision: baseRevision, savedBy: actorName };
  return jsonColumn({ ...guarded, takenBack: row.revision, reason, figures });
}
