import "server-only";
import type { Transaction } from "../db/client.ts";
import { nextRevision, notifyConfigChanged } from "../db/notify.ts";
import type { ServerContext } from "./context.ts";

/**
 * Runs one change of what gateways serve: in one transaction, with the next revision of the installation. Changes come
 * one after the other, so what `work` reads stays true until it commits. Gateways hear of it if and when it does.
 */
export function changeConfiguration<Value>(
  context: ServerContext,
  work: (tx: Transaction, revision: number) => Promise<Value>,
): Promise<Value> {
  return context.db.$transaction(
    async (tx) => {
      const revision = await nextRevision(tx);
      const value = await work(tx, revision);
      await notifyConfigChanged(tx, revision);
      return value;
    },
    // Writers wait for each other: both bounds are for the queue, not for the work.
    { maxWait: 10_000, timeout: 15_000 },
  );
}
