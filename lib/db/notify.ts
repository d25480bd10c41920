import { randomUUID } from "node:crypto";
import type { GatewayAsk, GatewayQuestion } from "../model/gateway-ask.ts";
import type { Transaction } from "./client.ts";

/** PostgreSQL channel on which gateways hear of changes. The payload is the revision number, nothing else. */
export const configChangedChannel = "fairlead_config_changed";

/** Channel on which gateways hear questions: a GatewayAsk of lib/model/gateway-ask.ts in JSON. */
export const gatewayAskChannel = "fairlead_ask";

/** Channel on which publishers hear that an answer stands in the table. The payload is `<ask id> <gateway id>`. */
export const gatewayAnswerChannel = "fairlead_answer";

/**
 * Takes the next revision of the installation. It locks the counter's row until the transaction ends, so writers come
 * one after the other and revisions commit in order. Call it before reading what the write depends on.
 */
export async function nextRevision(tx: Transaction): Promise<number> {
  const { revision } = await tx.configRevision.update({ where: { id: 1 }, data: { revision: { increment: 1 } } });
  return revision;
}

/** Asks gateways to do something if and when the transaction commits; nobody waits for an answer. */
export async function notifyGateways(tx: Transaction, ask: GatewayQuestion): Promise<void> {
  const payload: GatewayAsk = { id: randomUUID(), ask };
  await tx.$executeRaw`SELECT pg_notify(${gatewayAskChannel}, ${JSON.stringify(payload)})`;
}

/** Tells gateways of a revision; PostgreSQL delivers it if and when the transaction commits. */
export async function notifyConfigChanged(tx: Transaction, revision: number): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${configChangedChannel}, ${String(revision)})`;
}
