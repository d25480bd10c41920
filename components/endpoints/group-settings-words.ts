import type { EndpointConfigKind } from "@/lib/model/endpoint-config.ts";
import { durationInWords } from "./duration-words.ts";
import { isBalanced } from "./endpoint-words.ts";
import type { EndpointsDraft, GroupSettings } from "./endpoints-draft.ts";

/** A setting and what is in effect, in words. */
export type SettingWords = { name: string; value: string };

/** Which of the settings have an effect for an Endpoint Type. */
export function settingsInEffect(kind: EndpointConfigKind) {
  return { hasOthers: kind !== "single", isBalanced: isBalanced(kind) };
}

/** Whether a failed request may be tried at another endpoint. */
export function mayFailOver({ kind, failover }: EndpointsDraft): boolean {
  return kind === "failover" || kind === "tiered" || (kind === "load-balance" && failover);
}

/** The settings that have an effect, each with what it does now. */
export function groupSettingsInWords(draft: EndpointsDraft): SettingWords[] {
  const { settings } = draft;
  const { hasOthers, isBalanced: hasShares } = settingsInEffect(draft.kind);
  const unless = (isSet: boolean) => (isSet && !mayFailOver(draft) ? "; no effect while Enable Failover is off" : "");
  const retry = {
    name: "Retry non-idempotent requests",
    value: settings.retryNonIdempotent ? `On: a POST may be carried out twice${unless(true)}` : "Off",
  };
  const statuses = {
    name: "Fail over on HTTP statuses",
    value: statusWords(settings.failoverStatuses) + unless(settings.failoverStatuses !== undefined),
  };
  const check = { name: "Health checks", value: checkWords(settings.healthCheck) };
  const ramp = {
    name: "Slow start",
    value: settings.slowStartMs === undefined ? "Off" : `Over ${durationInWords(settings.slowStartMs)}`,
  };
  return [...(hasOthers ? [retry, statuses] : []), check, ...(hasShares ? [ramp] : [])];
}

function statusWords(chosen: GroupSettings["failoverStatuses"]): string {
  if (!chosen) return "Off: every answer goes to the client";
  return `${chosen.statuses.join(", ")} to ${chosen.allMethods ? "any method" : "GET and HEAD"}`;
}

function checkWords(check: GroupSettings["healthCheck"]): string {
  if (!check) return "Off: an endpoint is found down by a request that fails";
  return `${check.method} ${check.path} every ${durationInWords(check.intervalMs)}, up at ${check.statusFrom} to ${check.statusTo}`;
}
