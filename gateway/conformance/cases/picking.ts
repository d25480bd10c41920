import { all, requests } from "../behaviours.ts";
import type { CaseGroup } from "../case.ts";
import { sources } from "../sources.ts";

const returning = { suspendInitialDurationMs: 1_000, suspendFactor: 2, suspendMaximumDurationMs: 5_000 };

/** Who is chosen. */
export const picking: CaseGroup[] = [
  {
    title: "A single endpoint",
    cases: [
      {
        name: "answers every request",
        given: { kind: "single" },
        when: [{ send: requests(3), expect: { ways: "A A A", status: 200 } }],
        source: sources.addressEndpoint,
      },
      {
        name: "that fails is not tried again by the same request",
        given: { kind: "single", settings: { suspendInitialDurationMs: 0 } },
        when: [{ endpoints: all("A", "refuses"), send: requests(1), expect: { ways: "A!101503", status: 502 } }],
        source: sources.addressEndpoint,
      },
      {
        name: "that is not ready is told by 303001 with name and state, and when to come back",
        given: { kind: "single" },
        when: [
          { endpoints: all("A", "refuses"), send: requests(1), expect: { ways: "A!101503" } },
          {
            after: 10_500,
            send: requests(1),
            expect: {
              ways: "!303001",
              status: 503,
              retryAfter: 20,
              description:
                "Currently , Address endpoint : [ Name : PizzaShackAPI--v1.0.0_APIproductionEndpoint ] [ State : SUSPENDED ]",
            },
          },
        ],
        source: sources.abstractEndpoint,
        shows: "truthfulStatus",
      },
    ],
  },
  {
    title: "Round robin",
    cases: [
      {
        name: "three healthy endpoints serve seven requests as A B C A B C A",
        given: {},
        when: [{ send: requests(7), expect: { ways: "A B C A B C A" } }],
        source: sources.roundRobin,
      },
      {
        name: "after request 63 A stops: it is tried first, then the others take turns",
        given: {},
        when: [
          { send: requests(63), expect: { shares: { A: 21, B: 21, C: 21 } } },
          { endpoints: all("A", "refuses"), send: requests(4), expect: { ways: "A>B C B C" } },
        ],
        source: sources.roundRobin,
      },
      {
        name: "with B out serves A C A C",
        given: { switches: { B: "off" } },
        when: [{ send: requests(4), expect: { ways: "A C A C" } }],
        source: sources.roundRobin,
      },
      {
        name: "moves its pointer on by one when nobody is ready",
        given: { switches: { A: "off", B: "off", C: "off" } },
        when: [
          { send: requests(1), expect: { ways: "!303000" } },
          { reload: {}, send: requests(1), expect: { ways: "B" } },
        ],
        source: sources.roundRobin,
      },
      {
        name: "tries each endpoint once when all refuse; the next request attempts nothing",
        given: {},
        when: [
          { endpoints: all("A B C", "refuses"), send: requests(1), expect: { ways: "A>B>C!101503", status: 502 } },
          {
            send: requests(1),
            expect: {
              ways: "!303000",
              status: 503,
              retryAfter: 30,
              description:
                "Loadbalance endpoint : PizzaShackAPI--v1.0.0_APIproductionEndpoint - no ready child endpoints",
            },
          },
        ],
        source: sources.loadBalance,
        shows: "truthfulStatus",
      },
      {
        name: "gives requests that overlap different endpoints",
        given: {},
        when: [
          { begin: { name: "r1" }, expect: { ways: "A" } },
          { begin: { name: "r2" }, expect: { ways: "B" } },
          { begin: { name: "r3" }, expect: { ways: "C" } },
          { begin: { name: "r4" }, expect: { ways: "A" } },
          { finish: { name: "r3", as: "answers" }, expect: { ways: "C" } },
          { send: requests(1), expect: { ways: "B" } },
        ],
        source: sources.coresPage,
      },
      {
        name: "is moved on by a second attempt too",
        given: {},
        when: [
          { endpoints: all("A", "talks-nonsense"), send: requests(1), expect: { ways: "A>B" } },
          { send: requests(3), expect: { ways: "C B C" } },
        ],
        source: sources.roundRobin,
      },
      {
        name: "takes an endpoint back in its place once its suspension is over",
        given: { settings: { suspendInitialDurationMs: 1_000 } },
        when: [
          { endpoints: all("B", "refuses"), send: requests(3), expect: { ways: "A B>C A" } },
          { endpoints: all("B", "answers"), after: 1_000, send: requests(4), expect: { ways: "B C A B" } },
        ],
        source: sources.roundRobin,
      },
      {
        name: "over one endpoint answers 303000, being a group",
        given: { members: "A" },
        when: [
          { endpoints: all("A", "refuses"), send: requests(1), expect: { ways: "A!101503" } },
          { send: requests(1), expect: { ways: "!303000" } },
        ],
        source: sources.loadBalance,
      },
      {
        name: "tells the shortest wait of all its endpoints",
        given: { settingsOf: { A: { suspendInitialDurationMs: 9_000 }, B: { suspendInitialDurationMs: 4_200 } } },
        when: [
          { endpoints: all("A B C", "refuses"), send: requests(1), expect: { ways: "A>B>C!101503" } },
          { send: requests(1), expect: { ways: "!303000", retryAfter: 5 } },
        ],
        source: sources.loadBalance,
      },
    ],
  },
  {
    title: "Failover",
    cases: [
      {
        name: "asks the primary as long as it is ready",
        given: { kind: "failover" },
        when: [{ send: requests(4), expect: { ways: "A A A A" } }],
        source: sources.failover,
      },
      {
        name: "goes down the list in order",
        given: { kind: "failover" },
        when: [
          { endpoints: all("A B", "refuses"), send: requests(3), expect: { ways: "A>B>C C C" } },
          { expect: { states: { A: "SUSPENDED", B: "SUSPENDED", C: "ACTIVE" } } },
        ],
        source: sources.failover,
      },
      {
        name: "returns to the primary by a probe at the end of each suspension: 1000/2/5000",
        given: { kind: "failover", members: "A B", settings: returning },
        when: [
          { endpoints: all("A", "refuses"), send: requests(1), expect: { ways: "A>B" } },
          { after: 999, send: requests(2), expect: { ways: "B B" } },
          {
            after: 1,
            send: requests(1),
            expect: { ways: "A>B", states: { A: { kind: "SUSPENDED", retryIn: 2_000 } } },
          },
          { after: 1_999, endpoints: all("A", "answers"), send: requests(1), expect: { ways: "B" } },
          { after: 1, send: requests(2), expect: { ways: "A A", states: { A: "ACTIVE" } } },
        ],
        source: sources.failover,
      },
      {
        name: "prefers the first that is back, not the one that served meanwhile",
        given: { kind: "failover", settings: { suspendInitialDurationMs: 1_000 }, settingsOf: { B: {} } },
        when: [
          { endpoints: all("A B", "refuses"), send: requests(1), expect: { ways: "A>B>C" } },
          { after: 1_000, endpoints: all("A B", "answers"), send: requests(1), expect: { ways: "A" } },
        ],
        source: sources.failover,
      },
      {
        name: "tells by 303000 that nobody is ready",
        given: { kind: "failover" },
        when: [
          { endpoints: all("A B C", "refuses"), send: requests(1), expect: { ways: "A>B>C!101503", status: 502 } },
          {
            send: requests(1),
            expect: {
              ways: "!303000",
              status: 503,
              retryAfter: 30,
              description: "Failover endpoint : PizzaShackAPI--v1.0.0_APIproductionEndpoint - no ready child endpoints",
            },
          },
        ],
        source: sources.failover,
        shows: "truthfulStatus",
      },
      {
        name: "passes by a primary that is switched off",
        given: { kind: "failover", switches: { A: "off" } },
        when: [
          { send: requests(2), expect: { ways: "B B", states: { A: "OFF" } } },
          { reload: { kind: "failover" }, send: requests(1), expect: { ways: "A" } },
        ],
        source: sources.failover,
      },
    ],
  },
];
