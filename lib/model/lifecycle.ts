/** Lifecycle of an API, in the vocabulary of WSO2 API Manager. */
export const lifecycleStates = ["CREATED", "PUBLISHED", "BLOCKED", "DEPRECATED", "RETIRED"] as const;
export type LifecycleState = (typeof lifecycleStates)[number];

export const lifecycleActions = ["Publish", "Demote to Created", "Block", "Re-Publish", "Deprecate", "Retire"] as const;
export type LifecycleAction = (typeof lifecycleActions)[number];

export type LifecycleTransition = { event: LifecycleAction; targetState: LifecycleState };

const transitions: Record<LifecycleState, readonly LifecycleTransition[]> = {
  CREATED: [{ event: "Publish", targetState: "PUBLISHED" }],
  PUBLISHED: [
    { event: "Demote to Created", targetState: "CREATED" },
    { event: "Block", targetState: "BLOCKED" },
    { event: "Deprecate", targetState: "DEPRECATED" },
  ],
  BLOCKED: [
    { event: "Re-Publish", targetState: "PUBLISHED" },
    { event: "Deprecate", targetState: "DEPRECATED" },
  ],
  DEPRECATED: [{ event: "Retire", targetState: "RETIRED" }],
  RETIRED: [],
};

/** What can be done with an API in this state, and where it leads. */
export function availableTransitions(state: LifecycleState): readonly LifecycleTransition[] {
  return transitions[state];
}

/** Whether the gateway answers calls to an API in this state. BLOCKED is routed too, to be refused with its own code. */
export function isLive(state: LifecycleState): boolean {
  return state === "PUBLISHED" || state === "DEPRECATED";
}

/** Whether an API in this state has to have an endpoint: it is live, or one action away without another check. */
export function needsEndpoint(state: LifecycleState): boolean {
  return isLive(state) || state === "BLOCKED";
}

/** Whether gateways know of an API in this state at all. The state may come from anywhere. */
export function isRouted(state: unknown): boolean {
  return state === "PUBLISHED" || state === "DEPRECATED" || state === "BLOCKED";
}
