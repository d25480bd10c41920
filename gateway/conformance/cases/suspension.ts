import type { EndpointSettings } from "../../../lib/model/endpoint-policy.ts";
import type { ErrorCode } from "../../../lib/model/error-code.ts";
import { all, fails, requests } from "../behaviours.ts";
import type { CaseGroup, ConformanceCase, Step } from "../case.ts";
import { sources } from "../sources.ts";

const single = (settings: EndpointSettings = {}) => ({ kind: "single", settings }) as const;

/** A single endpoint that fails as soon as it may be tried again: how long it is out each time. */
function series(durations: readonly number[], code = "!101503"): Step[] {
  return durations.map((retryIn, index) => ({
    after: durations[index - 1] ?? 0,
    endpoints: all("A", "refuses"),
    send: requests(1),
    expect: { ways: `A${code}`, states: { A: { kind: "SUSPENDED", retryIn } } },
  }));
}

const lasting: readonly [string, EndpointSettings, number[]][] = [
  [
    "doubles up to its maximum: 1000/2/5000",
    { suspendInitialDurationMs: 1_000, suspendFactor: 2, suspendMaximumDurationMs: 5_000 },
    [1_000, 2_000, 4_000, 5_000, 5_000],
  ],
  [
    "grows by a fraction, cut to whole milliseconds: 1000/1.5",
    { suspendInitialDurationMs: 1_000, suspendFactor: 1.5 },
    [1_000, 1_500, 2_250, 3_375, 5_062],
  ],
  ["lasts 30 seconds each time where nothing is set", {}, [30_000, 30_000, 30_000]],
  ["shrinks with a factor below 1", { suspendInitialDurationMs: 1_000, suspendFactor: 0.5 }, [1_000, 500, 250]],
  [
    "stays as it is with the factor 1",
    { suspendInitialDurationMs: 700, suspendFactor: 1, suspendMaximumDurationMs: 5_000 },
    [700, 700, 700],
  ],
  [
    "has no upper bound where the maximum is stored as 0",
    { suspendInitialDurationMs: 1_000, suspendFactor: 10, suspendMaximumDurationMs: 0 },
    [1_000, 10_000, 100_000],
  ],
];

const clamped: readonly [string, EndpointSettings, number[]][] = [
  [
    "never exceeds the maximum, the first one included: 8000/2/5000",
    { suspendInitialDurationMs: 8_000, suspendFactor: 2, suspendMaximumDurationMs: 5_000 },
    [5_000, 5_000, 5_000],
  ],
  ["never exceeds the maximum where no initial duration is set", { suspendMaximumDurationMs: 4_000 }, [4_000, 4_000]],
];

const readiness: ConformanceCase[] = [
  {
    name: "with the defaults ends after exactly 30 seconds",
    given: single(),
    when: [
      { endpoints: all("A", "refuses"), send: requests(1), expect: { ways: "A!101503" } },
      { after: 29_999, endpoints: all("A", "answers"), send: requests(1), expect: { ways: "!303001" } },
      { after: 1, send: requests(1), expect: { ways: "A", states: { A: "ACTIVE" } } },
    ],
    source: sources.endpointContext,
  },
  {
    name: "begins its series anew after a success",
    given: single({ suspendInitialDurationMs: 1_000, suspendFactor: 2 }),
    when: [
      ...series([1_000, 2_000]),
      { after: 2_000, endpoints: all("A", "answers"), send: requests(1), expect: { ways: "A" } },
      ...series([1_000]),
    ],
    source: sources.endpointContext,
  },
  {
    name: "begins its series anew after switching off and on",
    given: single({ suspendInitialDurationMs: 1_000, suspendFactor: 2 }),
    when: [
      ...series([1_000, 2_000]),
      { reload: { ...single({ suspendInitialDurationMs: 1_000, suspendFactor: 2 }), switches: { A: "off" } } },
      { reload: single({ suspendInitialDurationMs: 1_000, suspendFactor: 2 }), expect: { states: { A: "ACTIVE" } } },
      ...series([1_000]),
    ],
    source: sources.endpointContext,
  },
  {
    name: "goes on with its series through TIMEOUT",
    given: single({ suspendInitialDurationMs: 1_000, suspendFactor: 2, retriesBeforeSuspension: 1 }),
    when: [
      ...series([1_000]),
      { after: 1_000, endpoints: all("A", "closes"), send: requests(1), expect: { states: { A: "TIMEOUT" } } },
      {
        endpoints: all("A", "refuses"),
        send: requests(1),
        expect: { states: { A: { kind: "SUSPENDED", retryIn: 2_000 } } },
      },
    ],
    source: sources.endpointContext,
  },
  {
    name: "is never escalated by requests that were refused while it lasted",
    given: single({ suspendInitialDurationMs: 1_000, suspendFactor: 2 }),
    when: [
      ...series([1_000]),
      { after: 500, send: requests(5), expect: { states: { A: { kind: "SUSPENDED", retryIn: 500 } } } },
      { after: 500, send: requests(1), expect: { states: { A: { kind: "SUSPENDED", retryIn: 2_000 } } } },
    ],
    source: sources.endpointContext,
  },
];

const disabled: readonly [string, EndpointSettings][] = [
  ["Initial Duration 0", { suspendInitialDurationMs: 0 }],
  ["Initial Duration 0 and Max Duration 0", { suspendInitialDurationMs: 0, suspendMaximumDurationMs: 0 }],
  [
    "Initial Duration 0 in spite of retries",
    { suspendInitialDurationMs: 0, retriesBeforeSuspension: 3, retryDelayMs: 100 },
  ],
];

const off: ConformanceCase[] = disabled.map(([what, settings]) => ({
  name: `never happens with ${what}`,
  given: single(settings),
  when: [
    { endpoints: all("A", "refuses"), send: requests(3), expect: { ways: "A!101503 A!101503 A!101503" } },
    { endpoints: all("A", "closes"), send: requests(2), expect: { states: { A: "ACTIVE" }, failures: { A: 5 } } },
  ],
  source: sources.noSuspension,
}));

const sets: readonly [string, EndpointSettings, ErrorCode, "ACTIVE" | "TIMEOUT" | "SUSPENDED"][] = [
  ["of every code suspends where no set is given", {}, 101509, "SUSPENDED"],
  ["of the suspend set suspends", { suspendErrorCodes: [101506] }, 101506, "SUSPENDED"],
  ["of neither set changes nothing", { suspendErrorCodes: [101506] }, 101503, "ACTIVE"],
  [
    "of the standard timeout set goes by it although a suspend set is given",
    { suspendErrorCodes: [101506], retriesBeforeSuspension: 1 },
    101504,
    "TIMEOUT",
  ],
  [
    "of both sets goes by the timeout set",
    { suspendErrorCodes: [101503], timeoutErrorCodes: [101503], retriesBeforeSuspension: 1 },
    101503,
    "TIMEOUT",
  ],
  [
    "of the standard timeout set suspends like any other where a set of one's own leaves it out",
    { timeoutErrorCodes: [101503], retriesBeforeSuspension: 1 },
    101504,
    "SUSPENDED",
  ],
  ["of the standard timeout set suspends at once where there are no retries", {}, 101505, "SUSPENDED"],
  ["matches no suspend set of -1", { suspendErrorCodes: [-1] }, 101503, "ACTIVE"],
  [
    "matches no timeout set of -1 and goes by the suspend set",
    { timeoutErrorCodes: [-1], suspendErrorCodes: [101504], retriesBeforeSuspension: 2 },
    101504,
    "SUSPENDED",
  ],
  ["matches nothing where both sets are -1", { timeoutErrorCodes: [-1], suspendErrorCodes: [-1] }, 101505, "ACTIVE"],
  ["of the client while its request is read is held against nobody", {}, 101000, "ACTIVE"],
  ["of the client while it is answered is held against nobody", {}, 101001, "ACTIVE"],
  ["of a connect that the gateway gave up is held against nobody", {}, 101507, "ACTIVE"],
  ["of processing a response is held against nobody", { suspendErrorCodes: [101510] }, 101510, "ACTIVE"],
];

const errors: ConformanceCase[] = sets.map(([what, settings, code, state]) => ({
  name: `an error ${what}: ${code}`,
  given: single(settings),
  when: [{ endpoints: all("A", fails(code)), send: requests(1), expect: { states: { A: state } } }],
  source: sources.endpointContext,
  only: "machine",
}));

const example8: ConformanceCase = {
  name: "with suspend codes {101506}, a refusal leaves the endpoint ACTIVE and nonsense suspends it",
  given: single({ suspendErrorCodes: [101506] }),
  when: [
    { endpoints: all("A", "refuses"), send: requests(1), expect: { ways: "A!101503", states: { A: "ACTIVE" } } },
    { endpoints: all("A", "talks-nonsense"), send: requests(1), expect: { ways: "A!101506" } },
    { expect: { states: { A: "SUSPENDED" } } },
  ],
  source: sources.endpointContext,
};

const retries = { retriesBeforeSuspension: 3, retryDelayMs: 100 };
const timeouts: ConformanceCase[] = [
  {
    name: "three timeouts leave it in TIMEOUT, the fourth suspends it",
    given: single({ ...retries, timeoutErrorCodes: [101504, 101505] }),
    when: [
      ...[2, 1, 0].map(
        (retriesLeft): Step => ({
          after: 100,
          endpoints: all("A", "closes"),
          send: requests(1),
          expect: { ways: "A!101505", states: { A: { kind: "TIMEOUT", retriesLeft, retryIn: 100 } } },
        }),
      ),
      { after: 100, send: requests(1), expect: { states: { A: { kind: "SUSPENDED", retryIn: 30_000 } } } },
    ],
    source: sources.endpointContext,
  },
  {
    name: "a success between restores all retries",
    given: single(retries),
    when: [
      { endpoints: all("A", "closes"), send: requests(1) },
      { after: 100, send: requests(1), expect: { states: { A: { kind: "TIMEOUT", retriesLeft: 1 } } } },
      { after: 100, endpoints: all("A", "answers"), send: requests(1), expect: { states: { A: "ACTIVE" } } },
      {
        endpoints: all("A", "closes"),
        send: requests(1),
        expect: { states: { A: { kind: "TIMEOUT", retriesLeft: 2 } } },
      },
    ],
    source: sources.endpointContext,
  },
  {
    name: "an endpoint in TIMEOUT is passed by until its delay is over",
    given: single(retries),
    when: [
      { endpoints: all("A", "closes"), send: requests(1) },
      { after: 99, endpoints: all("A", "answers"), send: requests(1), expect: { ways: "!303001", retryAfter: 1 } },
      { after: 1, send: requests(1), expect: { ways: "A" } },
    ],
    source: sources.endpointContext,
  },
  {
    name: "an endpoint in TIMEOUT without a delay is ready at once",
    given: single({ retriesBeforeSuspension: 1 }),
    when: [
      { endpoints: all("A", "closes"), send: requests(1), expect: { states: { A: "TIMEOUT" } } },
      { endpoints: all("A", "answers"), send: requests(1), expect: { ways: "A", states: { A: "ACTIVE" } } },
    ],
    source: sources.endpointContext,
  },
  {
    name: "retries stay used up through a suspension",
    given: single({ retriesBeforeSuspension: 1, suspendInitialDurationMs: 1_000 }),
    when: [
      { endpoints: all("A", "closes"), send: requests(2), expect: { states: { A: "SUSPENDED" } } },
      { after: 1_000, send: requests(1), expect: { states: { A: { kind: "SUSPENDED", retryIn: 1_000 } } } },
    ],
    source: sources.endpointContext,
  },
  {
    name: "an error of the suspend set suspends from TIMEOUT at once",
    given: single(retries),
    when: [
      { endpoints: all("A", "closes"), send: requests(1), expect: { states: { A: "TIMEOUT" } } },
      { after: 100, endpoints: all("A", "refuses"), send: requests(1), expect: { states: { A: "SUSPENDED" } } },
    ],
    source: sources.endpointContext,
  },
];

/** Section by section, what failures do to an endpoint. */
export const suspension: CaseGroup[] = [
  {
    title: "A suspension",
    cases: [
      ...lasting.map(
        ([name, settings, durations]): ConformanceCase => ({
          name,
          given: single(settings),
          when: series(durations),
          source: sources.endpointContext,
        }),
      ),
      ...clamped.map(
        ([name, settings, durations]): ConformanceCase => ({
          name,
          given: single(settings),
          when: series(durations),
          source: sources.endpointContext,
          shows: "firstIsClamped",
        }),
      ),
      ...readiness,
      ...off,
    ],
  },
  { title: "Errors and their sets", cases: [...errors, example8] },
  { title: "Retries before suspension", cases: timeouts },
];
