import "server-only";
import type { Transaction } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { nextRevision, notifyConfigChanged } from "../db/notify.ts";
import { Problem } from "../model/problem.ts";
import type { ServerContext } from "./context.ts";
import { requireStanding } from "./permission/require-standing.ts";

/**
 * Runs one change of what gateways serve: in one transaction, with the next revision of the installation. Changes come
 * one after the other, so what `work` reads stays true until it commits. Gateways hear of it if and when it does.
 * Problems: too-many-requests when the queue of changes is longer than anybody should wait; forbidden when the actor's role
 * was changed meanwhile.
 */
export async function changeConfiguration<Value>(
  context: ServerContext,
  work: (tx: Transaction, revision: number) => Promise<Value>,
): Promise<Value> {
  let rehearsed: { value: Value } | undefined;
  const change = context.db.$transaction(
    async (tx) => {
      const revision = await nextRevision(tx);
      await requireStanding(tx, context);
      const value = await work(tx, revision);
      if (context.isRehearsal) {
        rehearsed = { value };
        throw new Rehearsed();
      }
      await notifyConfigChanged(tx, revision);
      return value;
    },
    // Writers wait for each other: both bounds are for the queue, not for the work.
    { maxWait: 10_000, timeout: 15_000 },
  );
  return change.catch((error: unknown) => {
    if (rehearsed && error instanceof Rehearsed) return rehearsed.value;
    if (!isTransactionTimeout(error)) throw error;
    const message = "Too many changes are being saved at once. Nothing was saved; try again in a moment.";
    throw new Problem("too-many-requests", message, [], 2);
  });
}

/** Ends a transaction that would have been committed. */
class Rehearsed extends Error {}

/** P2028: the transaction did not begin or end in time, and was rolled back. */
function isTransactionTimeout(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2028";
}
