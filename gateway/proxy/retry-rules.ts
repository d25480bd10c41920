import type { IncomingMessage } from "node:http";
import type { NoRetryReason } from "../../lib/model/decision-record.ts";
import type { EndpointGroup } from "../../lib/model/endpoint-group.ts";
import type { EndpointPolicy } from "../../lib/model/endpoint-policy.ts";
import type { ErrorCode } from "../../lib/model/error-code.ts";
import { fieldValues } from "./headers.ts";

/** Methods that have the same effect once and twice. RFC 9110 §9.2.2. */
const idempotentMethods = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"]);

/** Whether a request may reach two endpoints: by its method, or because its sender gave it an `Idempotency-Key`. */
export function isIdempotent(request: Pick<IncomingMessage, "method" | "rawHeaders">): boolean {
  return isIdempotentMethod(request.method ?? "") || fieldValues(request.rawHeaders, "idempotency-key").length > 0;
}

export function isIdempotentMethod(method: string): boolean {
  return idempotentMethods.has(method);
}

/** A failed attempt as far as trying again is concerned. */
export type FailedAttempt = {
  code: ErrorCode;
  /** Bytes of the request may have reached the endpoint. */
  wasSent: boolean;
  policy: Pick<EndpointPolicy, "disabledErrorCodes" | "timeoutAction">;
};

/**
 * Why a failed attempt may not be followed by one at another endpoint; undefined: it may. Source: RFC 9110 §9.2.2, and
 * Synapse for the rest.
 *
 * @param canReplay whether all of the request's body can be had again
 */
export function whyNotTryAnother(
  group: { mayFailOver: boolean; retryNonIdempotent: boolean },
  failed: FailedAttempt,
  isRequestIdempotent: boolean,
  canReplay: boolean,
): NoRetryReason | undefined {
  if (!group.mayFailOver) return "failover-off";
  if (failed.policy.disabledErrorCodes.includes(failed.code)) return "disabled-code";
  if (failed.code === 101504 && failed.policy.timeoutAction === "discard") return "discard";
  if (failed.wasSent && !isRequestIdempotent && !group.retryNonIdempotent) return "not-idempotent";
  return canReplay ? undefined : "body-not-kept";
}

/** Methods that fail over on statuses without being asked: they read, and nothing else. RFC 9110 §9.2.1. */
const readingMethods = new Set(["GET", "HEAD"]);

/**
 * Why an answer with a failover status may not be followed by an attempt at another endpoint; undefined: it may. The
 * endpoint has had the request, so whatever holds for a request that was sent holds here.
 *
 * @param canReplay whether all of the request's body can be had again
 */
export function whyNotPassOn(
  group: Pick<EndpointGroup, "mayFailOver" | "retryNonIdempotent" | "failoverStatuses">,
  request: { method: string; isIdempotent: boolean },
  canReplay: boolean,
): NoRetryReason | undefined {
  if (!group.mayFailOver) return "failover-off";
  if (!group.failoverStatuses?.allMethods && !readingMethods.has(request.method)) return "method-not-chosen";
  if (!request.isIdempotent && !group.retryNonIdempotent) return "not-idempotent";
  return canReplay ? undefined : "body-not-kept";
}
