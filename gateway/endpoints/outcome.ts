import type { ErrorCode } from "../../lib/model/error-code.ts";

/**
 * How an attempt at an endpoint ended. Success: response headers arrived. Status: they arrived with a status that the group
 * fails over on, and `retryAfterMs` is how long the endpoint asked to be left alone, if it did. Void: nothing can be said
 * of the endpoint (the client left, we gave up), so nothing changes but that a probe is over.
 */
export type Outcome =
  | { kind: "success" }
  | { kind: "status"; retryAfterMs: number | undefined }
  | { kind: "error"; code: ErrorCode }
  | { kind: "void" };

/** Codes that are never held against an endpoint: the client's side of the call, and what we ended ourselves. */
const uncountedCodes: ReadonlySet<ErrorCode> = new Set([101000, 101001, 101507, 101510]);

/** Whether an error says something of the endpoint. Source: Synapse `EndpointContext`, and our rules on codes. */
export function isCounted(code: ErrorCode): boolean {
  return !uncountedCodes.has(code);
}
