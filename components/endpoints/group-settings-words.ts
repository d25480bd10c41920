import { durationInWords } from "./duration-words.ts";
import { isBalanced } from "./endpoint-words.ts";
import type { EndpointsDraft, GroupSettings } from "./endpoints-draft.ts";

/** A setting and what is in effect, in words. */
export type SettingWords = { name: string; value: string };

/**
 * Which of the settings are shown: those that have an effect for the Endpoint Type, and those that are set all the same,
 * as they are after the type was changed.
 */
export function shownSettings({ kind, settings }: Pick<EndpointsDraft, "kind" | "settings">) {
  const { retryNonIdempotent, failoverStatuses, slowStartMs } = settings;
  return {
    failover: kind !== "single" || retryNonIdempotent || failoverStatuses !== undefined,
    slowStart: isBalanced(kind) || slowStartMs !== undefined,
  };
}

/** Whether a failed request may be tried at another endpoint. */
export function mayFailOver({ kind, failover }: EndpointsDraft): boolean {
  return kind === "failover" || kind === "tiered" || (kind === "load-balance" && failover);
}

/** The settings that are shown, each with what it does now. */
export function groupSettingsInWords(draft: EndpointsDraft): SettingWords[] {
  const { settings } = draft;
  const shown = shownSettings(draft);
  const retry = { name: "Retry non-idempotent requests", value: retryWords(draft) };
  const statuses = { name: "Fail over on HTTP statuses", value: statusWords(draft) };
  const check = { name: "Health checks", value: checkWords(settings.healthCheck) };
  const ramp = { name: "Slow start", value: slowStartWords(draft) };
  return [...(shown.failover ? [retry, statuses] : []), check, ...(shown.slowStart ? [ramp] : [])];
}

/** Why nothing is tried elsewhere, where that is so. */
function whyNoFailover(draft: EndpointsDraft): string | undefined {
  if (mayFailOver(draft)) return undefined;
  return draft.kind === "single" ? "there is no other endpoint" : "Enable Failover is off";
}

function retryWords(draft: EndpointsDraft): string {
  if (!draft.settings.retryNonIdempotent) return "Off";
  const reason = whyNoFailover(draft);
  return reason === undefined ? "On: a POST may be carried out twice" : `On, without effect: ${reason}`;
}

function statusWords(draft: EndpointsDraft): string {
  const chosen = draft.settings.failoverStatuses;
  if (!chosen) return "Off: every answer goes to the client";
  const statuses = chosen.statuses.join(", ");
  const reason = whyNoFailover(draft);
  if (reason !== undefined) return `${statuses}, for their Retry-After alone: ${reason}`;
  return `${statuses} to ${chosen.allMethods ? "any method" : "GET and HEAD"}`;
}

function slowStartWords({ kind, settings }: EndpointsDraft): string {
  if (settings.slowStartMs === undefined) return "Off";
  const duration = `Over ${durationInWords(settings.slowStartMs)}`;
  return isBalanced(kind) ? duration : `${duration}, without effect: no load is shared`;
}

function checkWords(check: GroupSettings["healthCheck"]): string {
  if (!check) return "Off: an endpoint is found down by a request that fails";
  return `${check.method} ${check.path} every ${durationInWords(check.intervalMs)}, up at ${check.statusFrom} to ${check.statusTo}`;
}
