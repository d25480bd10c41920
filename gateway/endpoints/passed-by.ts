/** Why a request did not go to a member that was looked at. */
export const passedByReasons = [
  "off",
  "draining",
  "suspended",
  "timeout",
  "being-probed",
  "found-down",
  "warming-up",
  "tried",
] as const;
export type PassedByReason = (typeof passedByReasons)[number];

/** A member that was looked at and passed by; `untilMs` of the monotonic clock, where there is an end. */
export type PassedBy = { endpointId: string; reason: PassedByReason; untilMs?: number };
