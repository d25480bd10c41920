import type { PassedByReason } from "../../lib/model/decision-record.ts";

/** A member that was looked at and passed by; `untilMs` of the monotonic clock, where there is an end. */
export type PassedBy = { endpointId: string; reason: PassedByReason; untilMs?: number };
