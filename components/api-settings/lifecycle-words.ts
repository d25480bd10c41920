import type { LifecycleAction, LifecycleState } from "@/lib/model/lifecycle.ts";

/** States as people read them. */
export const lifecycleStateNames = {
  CREATED: "Created",
  PUBLISHED: "Published",
  BLOCKED: "Blocked",
  DEPRECATED: "Deprecated",
  RETIRED: "Retired",
} as const satisfies Record<LifecycleState, string>;

/** What being in a state means to consumers. */
export const lifecycleStateMeanings = {
  CREATED: "Only you and administrators see it. Gateways do not answer at its path.",
  PUBLISHED: "Every connected gateway answers calls to it.",
  BLOCKED: "Gateways refuse every call with 503 (code 700700) until it is published again.",
  DEPRECATED: "Gateways still answer. Consumers are expected to move to a newer version.",
  RETIRED: "It is off every gateway for good. Its document, revisions and keys are kept to read.",
} as const satisfies Record<LifecycleState, string>;

/** What a change of state does, told before it is done. */
export const lifecycleConsequences = {
  Publish: "Every connected gateway starts to answer calls to it.",
  "Demote to Created": "Gateways stop answering: calls get 404 until it is published again. Keys are kept.",
  Block: "Gateways refuse every call with 503 (code 700700) until you re-publish it. Keys are kept.",
  "Re-Publish": "Gateways answer calls again.",
  Deprecate: "Calls go on being answered. From here the API can only be retired.",
  Retire: "The API goes off every gateway, calls get 404, and there is no way back from Retired.",
} as const satisfies Record<LifecycleAction, string>;

/** Changes that take something away from consumers, and so are asked about first. */
export const askedLifecycleActions: readonly LifecycleAction[] = ["Demote to Created", "Block", "Retire"];
