import { all, hostile, requests } from "../behaviours.ts";
import type { CaseGroup, ConformanceCase } from "../case.ts";
import { sources } from "../sources.ts";

const key = { "Idempotency-Key": "order-4711" };

const rules: ConformanceCase[] = [
  {
    name: "nothing was sent: a POST goes on after a refused connection",
    given: { members: "A B" },
    when: [{ endpoints: all("A", "refuses"), send: { method: "POST" }, expect: { ways: "A>B", status: 200 } }],
    source: sources.idempotence,
  },
  {
    name: "the API allows it: a POST goes on after bytes were sent",
    given: { members: "A B", retryNonIdempotent: true },
    when: [{ endpoints: all("A", "resets"), send: { method: "POST" }, expect: { ways: "A>B" } }],
    source: sources.wso2HighAvailability,
  },
  {
    name: "a POST that timed out is not sent again",
    given: { members: "A B", settings: { responseTimeoutMs: 80 } },
    when: [
      {
        endpoints: all("A", "stalls"),
        send: { method: "POST" },
        expect: { ways: "A!101504", status: 504, description: "Send timeout" },
      },
    ],
    source: sources.idempotence,
    shows: "idempotence",
  },
  {
    name: "failover off: the client gets the attempt's code, B is not touched, the next request goes to B",
    given: { members: "A B", failover: false },
    when: [
      {
        endpoints: all("A", "refuses"),
        send: requests(1),
        expect: {
          ways: "A!101503",
          status: 502,
          description: "Error connecting to the back end",
          states: { A: "SUSPENDED", B: "ACTIVE" },
        },
      },
      { send: requests(2), expect: { ways: "B B" } },
    ],
    source: sources.loadBalance,
  },
  {
    name: "failover off: endpoints that are not ready are passed by all the same",
    given: { failover: false, switches: { A: "off" } },
    when: [{ send: requests(3), expect: { ways: "B C B" } }],
    source: sources.loadBalance,
  },
  {
    name: "failover off: nobody ready is 303000 as ever",
    given: { members: "A B", failover: false },
    when: [{ endpoints: all("A B", "refuses"), send: requests(3), expect: { ways: "A!101503 B!101503 !303000" } }],
    source: sources.loadBalance,
  },
  {
    name: "the client gets the code of the last attempt, not of the first",
    given: { members: "A B" },
    when: [
      {
        endpoints: { A: "refuses", B: "talks-nonsense" },
        send: requests(1),
        expect: { ways: "A>B!101506", status: 502 },
      },
    ],
    source: sources.loadBalance,
  },
  {
    name: "a request that tries endpoints whose suspension is disabled ends, each tried once",
    given: { settings: { suspendInitialDurationMs: 0 } },
    when: [
      {
        endpoints: all("A B C", "refuses"),
        send: requests(2),
        expect: { ways: "A>B>C!101503 B>C>A!101503", states: { A: "ACTIVE", B: "ACTIVE", C: "ACTIVE" } },
      },
    ],
    source: sources.loadBalance,
    shows: "neverTwice",
  },
  {
    name: "a request that marks its endpoints for retry without a delay ends, each tried once",
    given: { kind: "failover", settings: { retriesBeforeSuspension: 5 } },
    when: [
      {
        endpoints: all("A B C", "closes"),
        send: requests(1),
        expect: { ways: "A>B>C!101505", states: { A: "TIMEOUT", B: "TIMEOUT", C: "TIMEOUT" } },
      },
    ],
    source: sources.failover,
    shows: "neverTwice",
  },
  {
    name: "codes that the endpoint's settings exclude are never tried again",
    given: { members: "A B", settings: { disabledErrorCodes: [101503] } },
    when: [{ endpoints: all("A", "refuses"), send: requests(1), expect: { ways: "A!101503" } }],
    source: sources.endpointDefinition,
  },
  {
    name: "codes that the endpoint's settings do not exclude are",
    given: { members: "A B", settings: { disabledErrorCodes: [101504, 101505] } },
    when: [{ endpoints: all("A", "refuses"), send: requests(1), expect: { ways: "A>B" } }],
    source: sources.endpointDefinition,
  },
  {
    name: "excluded codes win over an Idempotency-Key, and over the API's permission",
    given: { members: "A B", retryNonIdempotent: true, settings: { disabledErrorCodes: [101500] } },
    when: [{ endpoints: all("A", "resets"), send: { method: "POST", headers: key }, expect: { ways: "A!101500" } }],
    source: sources.endpointDefinition,
  },
  {
    name: "an answer of 503 is passed through: no failover, and the endpoint stays ACTIVE",
    given: {},
    when: [
      {
        endpoints: all("A", { answers: { status: 503, headers: { "Retry-After": "7" } } }),
        send: requests(1),
        expect: { ways: "A", status: 503, states: { A: "ACTIVE" }, failures: { A: 0 } },
      },
      { send: requests(3), expect: { ways: "B C A" } },
    ],
    source: sources.faultHandling,
  },
  ...[500, 502, 504, 429, 404].map(
    (status): ConformanceCase => ({
      name: `an answer of ${status} is an answer`,
      given: { kind: "failover" },
      when: [
        {
          endpoints: all("A", { answers: { status } }),
          send: requests(2),
          expect: { ways: "A A", status, states: { A: "ACTIVE" } },
        },
      ],
      source: sources.statuses,
    }),
  ),
  {
    name: "an answer of 503 ends a suspension like any other",
    given: { kind: "single", settings: { suspendInitialDurationMs: 1_000 } },
    when: [
      { endpoints: all("A", "refuses"), send: requests(1), expect: { states: { A: "SUSPENDED" } } },
      {
        after: 1_000,
        endpoints: all("A", { answers: { status: 503 } }),
        send: requests(1),
        expect: { ways: "A", states: { A: "ACTIVE" } },
      },
    ],
    source: sources.endpointContext,
  },
];

const aging = hostile("resets the second request of a connection");

const stale: ConformanceCase[] = [
  {
    name: "a kept connection that turns out to be closed is tried again at once on a new one, and counts for nothing",
    given: { members: "A B", weights: { A: 100, B: 1 } },
    when: [
      { endpoints: all("A", aging), send: requests(20), expect: { shares: { A: 20 }, status: 200 } },
      { expect: { states: { A: "ACTIVE" }, failures: { A: 0, B: 0 } } },
    ],
    source: sources.persistence,
    only: "sockets",
  },
  {
    name: "a POST on such a connection is not repeated, and the endpoint is not blamed",
    given: { kind: "single" },
    when: [
      { endpoints: all("A", aging), send: requests(1), expect: { ways: "A" } },
      { send: { method: "POST" }, expect: { status: 502, states: { A: "ACTIVE" }, failures: { A: 0 } } },
    ],
    source: sources.idempotence,
    only: "sockets",
  },
  {
    name: "an idle connection that the endpoint closed is nobody's fault: the request goes again, to the same endpoint",
    given: { members: "A B" },
    when: [
      { endpoints: all("A", { answers: { keepsConnection: true } }), send: requests(1), expect: { ways: "A" } },
      { endpoints: all("A", "refuses") },
      { endpoints: all("A", "answers"), send: requests(2), expect: { ways: "B A", failures: { A: 0, B: 0 } } },
    ],
    source: sources.persistence,
  },
];

/** After an attempt that failed. */
export const tryingAgain: CaseGroup[] = [{ title: "Trying again: rules", cases: [...rules, ...stale] }];
