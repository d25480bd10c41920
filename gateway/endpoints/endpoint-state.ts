import type { EndpointPolicy } from "../../lib/model/endpoint-policy.ts";
import { isCounted, type Outcome } from "./outcome.ts";

/**
 * The state of one endpoint in its group. An episode is the time in one state: every transition begins a new one, and an
 * attempt's outcome counts only in the episode it was picked in, so one outage escalates once however many requests it
 * fails. Times are ms of a monotonic clock that callers pass in.
 *
 * `seriesMs` is the last duration of the suspension series, undefined while none runs; a suspension that the endpoint asked
 * for itself, by Retry-After, is none of the series. `retriesLeft` counts down through TIMEOUT and SUSPENDED alike: only
 * success or switching restores it.
 */
export type EndpointState =
  | { kind: "active"; episode: number }
  | { kind: "timeout"; episode: number; retriesLeft: number; nextRetry: number; seriesMs: number | undefined }
  | {
      kind: "suspended";
      episode: number;
      retriesLeft: number;
      nextRetry: number;
      durationMs: number;
      seriesMs: number | undefined;
    }
  | { kind: "off"; episode: number };

/** ACTIVE, with no history. */
export function freshState(episode = 0): EndpointState {
  return { kind: "active", episode };
}

/** Whether an endpoint may be tried now. OFF never is. */
export function isReady(state: EndpointState, now: number): boolean {
  switch (state.kind) {
    case "active":
      return true;
    case "timeout":
    case "suspended":
      return now >= state.nextRetry;
    case "off":
      return false;
  }
}

/**
 * The state after an attempt. Source: Synapse `EndpointContext.onSuccess/onTimeout/onFault`; unlike there, outcomes of
 * an earlier episode change nothing, OFF is left by switching on alone, and the first duration of a series is clamped.
 */
export function afterOutcome(
  state: EndpointState,
  attemptEpisode: number,
  outcome: Outcome,
  policy: EndpointPolicy,
  now: number,
): EndpointState {
  if (state.kind === "off" || attemptEpisode !== state.episode) return state;
  switch (outcome.kind) {
    case "void":
      return state;
    case "success":
      return afterSuccess(state);
    case "status":
      return afterStatus(state, outcome.retryAfterMs, policy, now);
    case "error":
      return isCounted(outcome.code) ? afterError(state, outcome.code, policy, now) : state;
  }
}

/** OFF until switched on; nothing else ends it. */
export function switchedOff(state: EndpointState): EndpointState {
  return { kind: "off", episode: state.episode + 1 };
}

/** A fresh ACTIVE, whatever the state was. */
export function switchedOn(state: EndpointState): EndpointState {
  return freshState(state.episode + 1);
}

type LiveState = Exclude<EndpointState, { kind: "off" }>;

function afterSuccess(state: LiveState): EndpointState {
  return state.kind === "active" ? state : freshState(state.episode + 1);
}

/** Longest time that an endpoint is believed when it asks to be left alone, ms. */
const longestRetryAfterMs = 3_600_000;

/**
 * An endpoint that says when to come back is passed by until then. That is no outage: its suspension series neither begins
 * nor escalates, and where suspension is disabled it stays ACTIVE.
 */
function afterStatus(
  state: LiveState,
  retryAfterMs: number | undefined,
  policy: EndpointPolicy,
  now: number,
): EndpointState {
  const durationMs = Math.min(retryAfterMs ?? 0, policy.suspendMaximumDurationMs, longestRetryAfterMs);
  if (durationMs <= 0 || policy.suspensionDisabled) return afterSuccess(state);
  return {
    kind: "suspended",
    episode: state.episode + 1,
    retriesLeft: retriesOf(state, policy),
    nextRetry: now + durationMs,
    durationMs,
    seriesMs: seriesOf(state),
  };
}

/** The timeout set is looked at first; a code of neither set changes nothing. */
function afterError(state: LiveState, code: number, policy: EndpointPolicy, now: number): EndpointState {
  // WSO2's template writes both sets as -1 then: nothing matches, and nothing keeps an endpoint out of ACTIVE.
  if (policy.suspensionDisabled) return afterSuccess(state);
  if (policy.timeoutErrorCodes.includes(code)) return afterTimeoutError(state, policy, now);
  const suspends = policy.suspendErrorCodes.length === 0 || policy.suspendErrorCodes.includes(code);
  return suspends ? suspended(state, policy, now) : state;
}

function afterTimeoutError(state: LiveState, policy: EndpointPolicy, now: number): EndpointState {
  const retriesLeft = retriesOf(state, policy);
  if (retriesLeft === 0) return suspended(state, policy, now);
  return {
    kind: "timeout",
    episode: state.episode + 1,
    retriesLeft: retriesLeft - 1,
    nextRetry: now + policy.retryDelayMs,
    seriesMs: seriesOf(state),
  };
}

function suspended(state: LiveState, policy: EndpointPolicy, now: number): EndpointState {
  const durationMs = nextDurationMs(seriesOf(state), policy);
  return {
    kind: "suspended",
    episode: state.episode + 1,
    retriesLeft: retriesOf(state, policy),
    nextRetry: now + durationMs,
    durationMs,
    seriesMs: durationMs,
  };
}

/** Timeout errors that may still come before the next one suspends. */
export function retriesOf(state: EndpointState, policy: EndpointPolicy): number {
  switch (state.kind) {
    case "active":
    case "off":
      return policy.retriesBeforeSuspension;
    case "timeout":
    case "suspended":
      // The number may have been lowered since.
      return Math.min(state.retriesLeft, policy.retriesBeforeSuspension);
  }
}

/** Passing through TIMEOUT does not end a series; ACTIVE is reached by success or switching, which do. ms. */
function seriesOf(state: LiveState): number | undefined {
  switch (state.kind) {
    case "active":
      return undefined;
    case "timeout":
    case "suspended":
      return state.seriesMs;
  }
}

/** Longer than anybody waits, yet every time computed from it is a date. ms. */
const longestSuspensionMs = 100 * 365 * 24 * 3_600_000;

/** First the initial duration, then trunc(previous × factor), never above the maximum. ms. */
function nextDurationMs(previousMs: number | undefined, policy: EndpointPolicy): number {
  const durationMs =
    previousMs === undefined ? policy.suspendInitialDurationMs : Math.trunc(previousMs * policy.suspendFactor);
  return Math.min(durationMs, policy.suspendMaximumDurationMs, longestSuspensionMs);
}
