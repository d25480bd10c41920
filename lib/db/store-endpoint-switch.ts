import { type EndpointConfig, endpointsOf, keyTypes } from "../model/endpoint-config.ts";
import type { SwitchRequest } from "../model/endpoint-switch.ts";
import type { Transaction } from "./client.ts";
import { notifyGateways } from "./notify.ts";

/** Who switched, and when. */
export type SwitchWords = { actorName: string; at: Date };

/**
 * Writes where an endpoint is switched to, and has gateways read the API anew at `revision`. The API's document and its own
 * revision stay. "on" is a fresh start at every gateway, of an endpoint that is suspended too. Returns the position it had.
 */
export async function storeEndpointSwitch(
  tx: Transaction,
  api: { id: string; updatedAt: Date },
  { keyType, endpointId, position }: SwitchRequest,
  { actorName, at }: SwitchWords,
  revision: number,
): Promise<string> {
  const key = { apiId: api.id, keyType, endpointId };
  const where = { apiId_keyType_endpointId: key };
  const before = await tx.endpointSwitch.findUnique({ where, select: { position: true } });
  if (position === "on") {
    await tx.endpointSwitch.deleteMany({ where: key });
    // To be on is no row, so that gateways see no change where it was on: what suspended it there still has to end.
    await notifyGateways(tx, { kind: "switch-on", ...key });
  } else {
    const row = { position, actorName, at };
    await tx.endpointSwitch.upsert({ where, create: { ...key, ...row }, update: row });
  }
  await tx.api.update({ where: { id: api.id }, data: { changeRevision: revision, updatedAt: api.updatedAt } });
  return before?.position ?? "on";
}

/** Forgets the switches of endpoints that a new configuration of the API no longer has. */
export async function dropSwitchesOfGoneEndpoints(
  tx: Transaction,
  apiId: string,
  config: EndpointConfig | null,
): Promise<void> {
  for (const keyType of keyTypes) {
    const endpointIds = config ? endpointsOf(config, keyType).map(({ id }) => id) : [];
    await tx.endpointSwitch.deleteMany({ where: { apiId, keyType, endpointId: { notIn: endpointIds } } });
  }
}
