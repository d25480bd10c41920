import { apiFromRow } from "../../db/api-row.ts";
import { type EndpointConfig, endpointsOf, type KeyType, keyTypes } from "../../model/endpoint-config.ts";
import { type SwitchPosition, switchPositions } from "../../model/endpoint-switch.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { getApiRow } from "./find-api.ts";

/** An endpoint of an API with the position of its switch. */
export type SwitchedEndpoint = {
  keyType: KeyType;
  id: string;
  url: string;
  position: SwitchPosition;
  /** Who put it there, and when; absent while it is on. */
  switchedBy?: string;
  switchedAt?: Date;
};

/** Every endpoint of an API in order of position, with where it is switched to. Problems: not-found, forbidden. */
export async function listEndpointSwitches(context: ServerContext, apiId: string): Promise<SwitchedEndpoint[]> {
  const permission = requirePermission(context, "endpoint.list");
  const row = await getApiRow(permission, context.db, apiId);
  const { endpointConfig } = apiFromRow(row);
  if (!endpointConfig) return [];
  const switches = await context.db.endpointSwitch.findMany({ where: { apiId: row.id } });
  return everyEndpoint(endpointConfig).map(({ keyType, id, url }) => {
    const found = switches.find((one) => one.keyType === keyType && one.endpointId === id);
    const position = switchPositions.find((known) => known === found?.position) ?? "on";
    if (!found || position === "on") return { keyType, id, url, position };
    return { keyType, id, url, position, switchedBy: found.actorName, switchedAt: found.at };
  });
}

function everyEndpoint(config: EndpointConfig) {
  return keyTypes.flatMap((keyType) => endpointsOf(config, keyType).map(({ id, url }) => ({ keyType, id, url })));
}
