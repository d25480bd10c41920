import { type EndpointConfigKind, keyTypes } from "@/lib/model/endpoint-config.ts";
import { keyTypeNames, sessionNames } from "./endpoint-words.ts";
import { type EndpointsDraft, savedEndpoints } from "./endpoints-draft.ts";

/** What saving would no longer keep if the Endpoint Type became `kind`, each in words; empty: nothing is lost. */
export function droppedByTypeChange(draft: EndpointsDraft, kind: EndpointConfigKind): string[] {
  const after = { ...draft, kind };
  const endpoints = keyTypes.flatMap((keyType) => {
    const kept = savedEndpoints(after, keyType).length;
    return savedEndpoints(draft, keyType)
      .slice(kept)
      .map(({ url }, index) => `${keyTypeNames[keyType]} endpoint ${kept + index + 1}: ${url || "without a URL yet"}`);
  });
  return [...endpoints, ...(draft.kind === "load-balance" && kind !== "load-balance" ? chosenLoadBalance(draft) : [])];
}

/** What was chosen in Load Balance Configurations, where it differs from what stands there at first. */
function chosenLoadBalance({ session, failover }: EndpointsDraft): string[] {
  const { timeoutMs } = session;
  return [
    ...(session.kind === "none" ? [] : [`Session Management: ${sessionNames[session.kind]}`]),
    ...(timeoutMs === undefined ? [] : [`Session Timeout (Millis): ${timeoutMs}`]),
    ...(failover ? [] : ["Enable Failover: off"]),
  ];
}
