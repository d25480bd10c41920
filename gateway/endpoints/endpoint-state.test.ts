import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultEndpointPolicy, type EndpointPolicy, endpointPolicy } from "../../lib/model/endpoint-policy.ts";
import { type ErrorCode, errorCodeList } from "../../lib/model/error-code.ts";
import {
  afterOutcome,
  type EndpointState,
  freshState,
  isReady,
  retriesOf,
  switchedOff,
  switchedOn,
} from "./endpoint-state.ts";
import type { Outcome } from "./outcome.ts";

const success: Outcome = { kind: "success" };
const gone: Outcome = { kind: "void" };
const error = (code: ErrorCode): Outcome => ({ kind: "error", code });

const stateAfter = (policy: EndpointPolicy, outcomes: readonly Outcome[], now = 0) =>
  outcomes.reduce((state, outcome) => afterOutcome(state, state.episode, outcome, policy, now), freshState());

/** Fails (or whatever else happens) at each moment it is ready again; the durations it was suspended for. */
function durations(policy: EndpointPolicy, outcomes: readonly Outcome[]): (number | undefined)[] {
  let state: EndpointState = freshState();
  let now = 1_000;
  return outcomes.map((outcome) => {
    if ("nextRetry" in state) now = state.nextRetry;
    state = afterOutcome(state, state.episode, outcome, policy, now);
    return state.kind === "suspended" ? state.durationMs : undefined;
  });
}

describe("a suspension", () => {
  it.each([
    ["1000/2/5000 (example 4)", [1000, 2, 5000], [1000, 2000, 4000, 5000, 5000]],
    ["a fraction from 1000 (example 5)", [1000, 1.5, undefined], [1000, 1500, 2250, 3375, 5062]],
    ["an initial above the maximum (example 5)", [8000, 2, 5000], [5000, 5000, 5000]],
    ["nothing set", [undefined, undefined, undefined], [30_000, 30_000, 30_000]],
    ["no initial, but a maximum: clamped from the first on (≠)", [undefined, undefined, 4000], [4000, 4000]],
    ["a factor below 1", [1000, 0.5, undefined], [1000, 500, 250]],
    ["a factor of 0", [1000, 0, undefined], [1000, 0, 0]],
    ["a factor that would leave the calendar", [2_000_000_000, 1000, undefined], [2e9, 2e12, 3_153_600_000_000]],
  ])("lasts as its series says: %s", (_title, [initial, factor, maximum], expected) => {
    const policy = endpointPolicy({
      suspendInitialDurationMs: initial,
      suspendFactor: factor,
      suspendMaximumDurationMs: maximum,
    });
    expect(
      durations(
        policy,
        expected.map(() => error(101503)),
      ),
    ).toEqual(expected);
  });

  it("begins its series anew after a success (example 4)", () => {
    const policy = endpointPolicy({ suspendInitialDurationMs: 1000, suspendFactor: 2, suspendMaximumDurationMs: 5000 });
    const failed = error(101503);
    expect(durations(policy, [failed, failed, success, failed])).toEqual([1000, 2000, undefined, 1000]);
  });

  it("goes on with its series through TIMEOUT", () => {
    const policy = endpointPolicy({ suspendInitialDurationMs: 1000, suspendFactor: 2, retriesBeforeSuspension: 1 });
    const outcomes = [error(101503), error(101504), error(101503)];
    expect(durations(policy, outcomes)).toEqual([1000, undefined, 2000]);
  });

  it("with the defaults ends after exactly 30 seconds (example 6)", () => {
    const state = afterOutcome(freshState(), 0, error(101503), defaultEndpointPolicy, 500);
    expect(isReady(state, 500 + 29_999)).toBe(false);
    expect(isReady(state, 500 + 30_000)).toBe(true);
  });

  it.each([
    { suspendInitialDurationMs: 0 },
    { suspendInitialDurationMs: 0, suspendMaximumDurationMs: 0 },
    { suspendInitialDurationMs: 0, retriesBeforeSuspension: 3, retryDelayMs: 100 },
  ])("never happens where it is disabled: %j", (settings) => {
    const policy = endpointPolicy(settings);
    for (const code of errorCodeList) {
      expect(stateAfter(policy, [error(code), error(code)])).toEqual(freshState());
    }
  });

  it("that began under other settings ends with the first outcome after it was disabled", () => {
    const suspended = stateAfter(defaultEndpointPolicy, [error(101503)]);
    const disabled = endpointPolicy({ suspendInitialDurationMs: 0 });
    expect(afterOutcome(suspended, suspended.episode, error(101503), disabled, 30_000).kind).toBe("active");
  });
});

describe("an error", () => {
  const own = { timeoutErrorCodes: [101504, 101505], suspendErrorCodes: [101506], retriesBeforeSuspension: 1 };

  it.each<[string, Parameters<typeof endpointPolicy>[0], ErrorCode, EndpointState["kind"]]>([
    ["of the suspend set suspends (example 8)", own, 101506, "suspended"],
    ["of neither set changes nothing (example 8)", own, 101503, "active"],
    ["of the timeout set marks for suspension (example 8)", own, 101504, "timeout"],
    ["of every code suspends where no set is given", {}, 101509, "suspended"],
    ["of the standard timeout set suspends at once without retries", {}, 101505, "suspended"],
    ["of both sets goes by the timeout set", { ...own, suspendErrorCodes: [101504] }, 101504, "timeout"],
    ["matches no timeout set of -1 and goes by the suspend set", { ...own, timeoutErrorCodes: [-1] }, 101504, "active"],
    ["matches no suspend set of -1", { suspendErrorCodes: [-1] }, 101503, "active"],
    ["of the client suspends nobody", {}, 101000, "active"],
    ["of the client suspends nobody", {}, 101001, "active"],
    ["of a connect that we gave up suspends nobody", {}, 101507, "active"],
    ["of processing the response suspends nobody", { suspendErrorCodes: [101510] }, 101510, "active"],
  ])("%s: %j, %i → %s", (_title, settings, code, kind) => {
    expect(stateAfter(endpointPolicy(settings), [error(code)]).kind).toBe(kind);
  });
});

describe("retries before suspension (example 7)", () => {
  const policy = endpointPolicy({ retriesBeforeSuspension: 3, retryDelayMs: 100 });
  const timeout = error(101504);

  it("leave three timeouts in TIMEOUT and suspend at the fourth", () => {
    let state: EndpointState = freshState();
    const seen = [1, 2, 3, 4].map((turn) => {
      state = afterOutcome(state, state.episode, timeout, policy, turn * 1000);
      return { kind: state.kind, left: retriesOf(state, policy), next: "nextRetry" in state ? state.nextRetry : 0 };
    });
    expect(seen).toEqual([
      { kind: "timeout", left: 2, next: 1100 },
      { kind: "timeout", left: 1, next: 2100 },
      { kind: "timeout", left: 0, next: 3100 },
      { kind: "suspended", left: 0, next: 34_000 },
    ]);
  });

  it("are restored by a success between", () => {
    const state = stateAfter(policy, [timeout, timeout, success]);
    expect(state.kind).toBe("active");
    expect(retriesOf(state, policy)).toBe(3);
  });

  it("stay used up through a suspension", () => {
    expect(stateAfter(policy, [timeout, timeout, timeout, timeout, timeout]).kind).toBe("suspended");
    expect(stateAfter(policy, [error(101503), timeout]).kind).toBe("timeout");
  });

  it("are no more than the settings say now", () => {
    const marked = stateAfter(policy, [timeout]);
    const lowered = endpointPolicy({ retriesBeforeSuspension: 0 });
    expect(afterOutcome(marked, marked.episode, timeout, lowered, 0).kind).toBe("suspended");
  });

  it("without a delay leave the endpoint ready", () => {
    const marked = stateAfter(endpointPolicy({ retriesBeforeSuspension: 1 }), [timeout], 7);
    expect(marked.kind).toBe("timeout");
    expect(isReady(marked, 7)).toBe(true);
  });
});

describe("an answer with a failover status", () => {
  const asking = (retryAfterMs: number | undefined): Outcome => ({ kind: "status", retryAfterMs });
  const policy = endpointPolicy({ suspendInitialDurationMs: 1000, suspendFactor: 2, retriesBeforeSuspension: 1 });
  const refused = error(101503);
  const timeout = error(101504);

  it.each<[string, Parameters<typeof endpointPolicy>[0], number | undefined, number | undefined]>([
    ["that asks for ten seconds suspends for them", {}, 10_000, 10_000],
    ["that asks for nothing is a success", {}, undefined, undefined],
    ["that asks for a time that has passed is a success", {}, 0, undefined],
    ["suspends no longer than the maximum duration", { suspendMaximumDurationMs: 4_000 }, 10_000, 4_000],
    ["suspends no longer than an hour", {}, 86_400_000, 3_600_000],
    ["suspends no longer than an hour, whatever it asks for", {}, Number.POSITIVE_INFINITY, 3_600_000],
    ["suspends nobody where suspension is disabled", { suspendInitialDurationMs: 0 }, 10_000, undefined],
    ["suspends whatever the error codes are set to", { suspendErrorCodes: [-1] }, 10_000, 10_000],
  ])("%s: %j, %s → %s", (_title, settings, asked, durationMs) => {
    const state = afterOutcome(freshState(), 0, asking(asked), endpointPolicy(settings), 500);
    if (durationMs === undefined) expect(state).toEqual(freshState());
    else expect(state).toMatchObject({ kind: "suspended", durationMs, nextRetry: 500 + durationMs });
  });

  it.each<[string, Outcome[], (number | undefined)[]]>([
    ["begins no suspension series", [asking(700), refused, refused], [700, 1000, 2000]],
    ["does not escalate a series that runs", [refused, asking(700), refused], [1000, 700, 2000]],
    [
      "does not escalate a series, however often it comes",
      [refused, asking(7), asking(7), refused],
      [1000, 7, 7, 2000],
    ],
    ["that asks for nothing ends the series", [refused, asking(undefined), refused], [1000, undefined, 1000]],
  ])("%s", (_title, outcomes, expected) => {
    expect(durations(policy, outcomes)).toEqual(expected);
  });

  it("leaves the retries before suspension as they are, and a success restores them", () => {
    expect(stateAfter(policy, [asking(700), timeout]).kind).toBe("timeout");
    expect(stateAfter(policy, [timeout, asking(700), timeout]).kind).toBe("suspended");
    expect(stateAfter(policy, [timeout, asking(undefined), timeout]).kind).toBe("timeout");
  });

  it("counts once for all requests of one episode, and never for a later one", () => {
    const suspended = afterOutcome(freshState(), 0, asking(700), policy, 0);
    expect(afterOutcome(suspended, 0, asking(9_000), policy, 1)).toBe(suspended);
    const off = switchedOff(freshState());
    expect(afterOutcome(off, off.episode, asking(700), policy, 0)).toBe(off);
  });
});

describe("an outcome of an earlier episode (≠)", () => {
  it("escalates an outage of ten requests once", () => {
    const policy = endpointPolicy({ suspendInitialDurationMs: 1000, suspendFactor: 2 });
    let state: EndpointState = freshState();
    for (let request = 0; request < 10; request += 1) state = afterOutcome(state, 0, error(101503), policy, request);
    expect(state).toMatchObject({ kind: "suspended", durationMs: 1000, nextRetry: 1000 });
  });

  it("ends no suspension by the success of a request sent before it", () => {
    const suspended = stateAfter(defaultEndpointPolicy, [error(101503)]);
    expect(afterOutcome(suspended, 0, success, defaultEndpointPolicy, 1)).toBe(suspended);
  });

  it("suspends nobody who has recovered since", () => {
    const recovered = stateAfter(defaultEndpointPolicy, [error(101503), success]);
    expect(afterOutcome(recovered, 0, error(101503), defaultEndpointPolicy, 1)).toBe(recovered);
  });
});

describe("OFF", () => {
  const off = switchedOff(freshState());

  it("is never ready", () => {
    expect(isReady(off, Number.MAX_SAFE_INTEGER)).toBe(false);
  });

  it("is left by switching on alone, to a fresh ACTIVE", () => {
    expect(switchedOn(off).kind).toBe("active");
    const suspended = stateAfter(defaultEndpointPolicy, [error(101503)]);
    expect(switchedOn(suspended).kind).toBe("active");
  });

  it("does not let an attempt from before count after it (≠)", () => {
    const on = switchedOn(off);
    expect(afterOutcome(on, 0, error(101503), defaultEndpointPolicy, 0)).toBe(on);
  });
});

describe("the machine, whatever happens to it", () => {
  const outcomes = fc.oneof(
    fc.constant(success),
    fc.constant(gone),
    fc
      .option(fc.nat(10_000_000), { nil: undefined })
      .map((retryAfterMs): Outcome => ({ kind: "status", retryAfterMs })),
    fc.constantFrom(...errorCodeList).map((code) => error(code)),
  );
  const policies = fc
    .record({
      suspendInitialDurationMs: fc.option(fc.nat(100_000), { nil: undefined }),
      suspendMaximumDurationMs: fc.option(fc.nat(100_000), { nil: undefined }),
      suspendFactor: fc.option(fc.double({ min: 0, max: 1000, noNaN: true }), { nil: undefined }),
      retriesBeforeSuspension: fc.option(fc.nat(5), { nil: undefined }),
      retryDelayMs: fc.option(fc.nat(1000), { nil: undefined }),
      suspendErrorCodes: fc.option(fc.array(fc.constantFrom(...errorCodeList, -1)), { nil: undefined }),
      timeoutErrorCodes: fc.option(fc.array(fc.constantFrom(...errorCodeList, -1)), { nil: undefined }),
    })
    .map((settings) => endpointPolicy(settings));
  const steps = fc.array(fc.record({ outcome: outcomes, lag: fc.nat(3), waitMs: fc.nat(50_000) }), { maxLength: 40 });

  it("stays OFF under every outcome of every episode", () => {
    fc.assert(
      fc.property(outcomes, fc.nat(5), policies, (outcome, episode, policy) => {
        const off = switchedOff({ kind: "active", episode: 3 });
        expect(afterOutcome(off, episode, outcome, policy, 0)).toBe(off);
      }),
    );
  });

  it("moves episodes forward by one at most, and only then changes at all", () => {
    fc.assert(
      fc.property(steps, policies, (history, policy) => {
        let state: EndpointState = freshState();
        let now = 0;
        for (const { outcome, lag, waitMs } of history) {
          now += waitMs;
          const next = afterOutcome(state, state.episode - lag, outcome, policy, now);
          if (lag > 0 || outcome.kind === "void") expect(next).toBe(state);
          if (next !== state) expect(next.episode).toBe(state.episode + 1);
          state = next;
        }
      }),
    );
  });

  it("suspends for durations that are whole, bounded by the maximum, and never fall while the factor is 1 or more", () => {
    fc.assert(
      fc.property(policies, fc.integer({ min: 1, max: 30 }), (policy, failures) => {
        const series = durations(
          policy,
          Array.from({ length: failures }, () => error(101506)),
        ).filter((duration) => duration !== undefined);
        for (const [index, duration] of series.entries()) {
          expect(Number.isSafeInteger(duration)).toBe(true);
          expect(duration).toBeLessThanOrEqual(policy.suspendMaximumDurationMs);
          const previous = series[index - 1];
          if (previous !== undefined && policy.suspendFactor >= 1) expect(duration).toBeGreaterThanOrEqual(previous);
        }
      }),
    );
  });
});
