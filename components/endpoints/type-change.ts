import { type EndpointConfigKind, keyTypes } from "@/lib/model/endpoint-config.ts";
import { poolName, shownPools } from "./draft-pools.ts";
import { isBalanced, keyTypeNames, sessionNames } from "./endpoint-words.ts";
import { type DraftGroup, type EndpointsDraft, savedEndpoints } from "./endpoints-draft.ts";

/** What saving would no longer keep if the Endpoint Type became `kind`, each in words; empty: nothing is lost. */
export function droppedByTypeChange(draft: EndpointsDraft, kind: EndpointConfigKind): string[] {
  const after = { ...draft, kind };
  const endpoints = keyTypes.flatMap((keyType) => {
    const kept = savedEndpoints(after, keyType).length;
    return savedEndpoints(draft, keyType)
      .slice(kept)
      .map(({ url }, index) => `${keyTypeNames[keyType]} endpoint ${kept + index + 1}: ${url || "without a URL yet"}`);
  });
  return [...endpoints, ...droppedPools(draft, kind), ...droppedSessions(draft, kind), ...droppedSwitch(draft, kind)];
}

/** Pools of which several endpoints, or what stands behind them, would no longer be told apart. */
function droppedPools(draft: EndpointsDraft, kind: EndpointConfigKind): string[] {
  if (draft.kind !== "tiered" || kind === "tiered") return [];
  return keyTypes
    .filter((keyType) => draft[keyType].enabled)
    .map((keyType) => `${keyTypeNames[keyType]} pools: ${poolsInWords(draft[keyType])}${afterwards[kind]}`);
}

const afterwards = {
  single: "",
  failover: "; their endpoints are tried one after the other",
  "load-balance": "; their endpoints share the load in one group",
} as const;

function poolsInWords(group: DraftGroup): string {
  return shownPools(group)
    .map(({ endpoints }, index) => `${poolName(index)} (${endpoints.length})`)
    .join(", ");
}

/** Session settings of Load Balance Configurations, where they differ from what stands there at first. */
function droppedSessions({ kind: from, session }: EndpointsDraft, kind: EndpointConfigKind): string[] {
  if (!isBalanced(from) || isBalanced(kind)) return [];
  const { timeoutMs } = session;
  return [
    ...(session.kind === "none" ? [] : [`Session Management: ${sessionNames[session.kind]}`]),
    ...(timeoutMs === undefined ? [] : [`Session Timeout (Millis): ${timeoutMs}`]),
  ];
}

function droppedSwitch(draft: EndpointsDraft, kind: EndpointConfigKind): string[] {
  return draft.kind === "load-balance" && kind !== "load-balance" && !draft.failover ? ["Enable Failover: off"] : [];
}
