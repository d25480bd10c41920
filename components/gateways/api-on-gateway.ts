import { isLive, type LifecycleState } from "@/lib/model/lifecycle.ts";
import type { ApiOnGateway } from "./gateway-live-schema.ts";

export type ApiOnGatewayState = {
  word: "Gone" | "Refused" | "Not deployed" | "Live" | "Current" | "Behind";
  tone: "good" | "warning" | "bad" | "off";
  /** Why, in a sentence, where the word alone does not say it. */
  reason?: string;
};

/** What one gateway makes of one API, in a word and, where needed, a sentence. */
export function apiOnGatewayState(gateway: ApiOnGateway, stored: number, lifecycle: LifecycleState): ApiOnGatewayState {
  if (gateway.gone) {
    return { word: "Gone", tone: "off", reason: "It has stopped reporting. What it serves, if it runs, is not known." };
  }
  if (gateway.refusedReason !== undefined) {
    return { word: "Refused", tone: "bad", reason: gateway.refusedReason };
  }
  const routed = isLive(lifecycle) || lifecycle === "BLOCKED";
  if (!routed) {
    return gateway.live
      ? { word: "Not deployed", tone: "off", reason: "Only published, deprecated and blocked APIs are on gateways." }
      : { word: "Behind", tone: "warning", reason: "It has not heard yet that the API is off the gateways." };
  }
  if (gateway.live) {
    return isLive(lifecycle)
      ? { word: "Live", tone: "good" }
      : { word: "Current", tone: "good", reason: "It knows that the API is blocked, and refuses calls with 503." };
  }
  return {
    word: "Behind",
    tone: "warning",
    reason:
      gateway.runningRevision === null
        ? `It does not run the API yet; revision ${stored} is stored.`
        : `It runs revision ${gateway.runningRevision}; revision ${stored} is stored.`,
  };
}
