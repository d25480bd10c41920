import type { HealthCheck } from "../../lib/model/group-settings.ts";

/**
 * What active checks make of one endpoint. Up: the last check succeeded, or there was none. Doubted: checks have failed,
 * not enough of them in a row to call it down. Down: `fall` in a row failed, and not yet `rise` in a row succeeded since.
 */
export type HealthState =
  | { kind: "up" }
  | { kind: "doubted"; failures: number; successes: number }
  | { kind: "down"; successes: number };

/** How many checks in a row it takes to be found up, and down. */
export type HealthThresholds = Pick<HealthCheck, "rise" | "fall">;

/** Nothing is known, so nothing is held against the endpoint. */
export const freshHealth: HealthState = { kind: "up" };

/** The state after a check. */
export function afterCheck(state: HealthState, isSuccess: boolean, thresholds: HealthThresholds): HealthState {
  return isSuccess ? afterSuccess(state, thresholds.rise) : afterFailure(state, thresholds.fall);
}

function afterSuccess(state: HealthState, rise: number): HealthState {
  if (state.kind === "up") return state;
  const successes = state.successes + 1;
  if (successes >= rise) return freshHealth;
  // What failed before no longer stands in a row with what fails next.
  return state.kind === "down" ? { kind: "down", successes } : { kind: "doubted", failures: 0, successes };
}

function afterFailure(state: HealthState, fall: number): HealthState {
  if (state.kind === "down") return { kind: "down", successes: 0 };
  const failures = state.kind === "doubted" ? state.failures + 1 : 1;
  return failures >= fall ? { kind: "down", successes: 0 } : { kind: "doubted", failures, successes: 0 };
}
