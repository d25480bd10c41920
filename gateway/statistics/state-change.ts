import type { StateChange, TellableState } from "../../lib/model/api-statistics.ts";
import type { EndpointRuntime } from "../endpoints/endpoint-runtime.ts";
import type { EndpointState } from "../endpoints/endpoint-state.ts";
import type { GroupRuntime } from "../endpoints/group-runtime.ts";
import type { Outcome } from "../endpoints/outcome.ts";

/** What is told of an endpoint whose state an attempt has changed. */
export function stateChange(
  { apiId, keyType }: GroupRuntime,
  endpoint: EndpointRuntime,
  before: EndpointState["kind"],
  outcome: Outcome,
  atMs: number,
): StateChange {
  const code = outcome.kind === "error" ? outcome.code : null;
  const told = { apiId, keyType, endpointId: endpoint.id, code, atMs };
  return { ...told, from: tellable(before), to: tellable(endpoint.state.kind) };
}

/** No attempt switches an endpoint off or on. */
function tellable(kind: EndpointState["kind"]): TellableState {
  return kind === "off" ? "down" : kind;
}
