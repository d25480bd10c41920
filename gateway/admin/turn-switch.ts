import type { Logger } from "pino";
import { keyTypes } from "../../lib/model/endpoint-config.ts";
import type { SwitchPosition, SwitchRequest } from "../../lib/model/endpoint-switch.ts";
import type { EndpointRegistry } from "../endpoints/registry.ts";

/** Makes switches those of the installation; whether they are. It does not throw, and has a deadline. */
export type StoreSwitch = (apiId: string, requests: readonly SwitchRequest[]) => Promise<boolean>;

type SwitchTurn = { apiId: string; endpointId: string; position: SwitchPosition };

const switchPath = /^\/apis\/([^/]+)\/endpoints\/([^/]+)\/(switch-off|switch-on|drain)$/;
const positions: Readonly<Record<string, SwitchPosition>> = { "switch-off": "off", "switch-on": "on", drain: "drain" };

/** Which switch a path of the admin port turns, and where to. */
export function findSwitchTurn(path: string): SwitchTurn | undefined {
  const [, apiId, endpointId, action] = switchPath.exec(path) ?? [];
  const position = positions[action ?? ""];
  if (!apiId || !endpointId || !position) return undefined;
  return { apiId: decode(apiId), endpointId: decode(endpointId), position };
}

export type SwitchContext = {
  registry: EndpointRegistry;
  storeSwitch: StoreSwitch;
  /** ms of the monotonic clock */
  now: () => number;
  log: Logger;
};

/**
 * Turns a switch here at once, whatever the database does, then for the whole installation. The answer says whether the
 * second worked; undefined when this gateway serves no such endpoint.
 */
export async function turnSwitch({ registry, storeSwitch, now, log }: SwitchContext, turn: SwitchTurn) {
  const { apiId, endpointId, position } = turn;
  const groups = registry.find(apiId) ?? {};
  // Production and sandbox may each have an endpoint of this id.
  const requests = keyTypes.flatMap((keyType) => {
    const endpoint = groups[keyType]?.findEndpoint(endpointId);
    return endpoint ? [{ endpoint, request: { keyType, endpointId, position } }] : [];
  });
  const [first] = requests;
  if (!first) return undefined;
  for (const { endpoint } of requests) endpoint.setPosition(position, now());
  log.warn({ api: apiId, endpoint: endpointId, position }, "endpoint switched at the admin port");
  const stored = await storeSwitch(
    apiId,
    requests.map(({ request }) => request),
  );
  const { state, isDraining } = first.endpoint.view(now());
  const document = { id: endpointId, state: state.kind.toUpperCase(), draining: isDraining, stored };
  return stored ? document : { ...document, description: notStored };
}

const notStored =
  "In effect at this gateway until it restarts. It could not be stored, so other gateways do not follow: try again when the database is back.";

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // Not an escape: then it is no id either, and found nowhere.
  }
}
