import { all, hostile, requests } from "../behaviours.ts";
import type { Behaviour, CaseGroup, ConformanceCase } from "../case.ts";
import { sources } from "../sources.ts";

const table: readonly [string, Behaviour, string, number][] = [
  ["refuses the connection", "refuses", "101503", 502],
  ["resets the connection after the request", "resets", "101500", 502],
  ["closes the connection without an answer", "closes", "101505", 502],
  ["does not answer within its Duration", "stalls", "101504", 504],
  ["answers with something that is no HTTP", "talks-nonsense", "101506", 502],
];

const codes = table.map(
  ([what, behaviour, code, status]): ConformanceCase => ({
    name: `an endpoint that ${what}: ${code}, status ${status}`,
    given: { kind: "single", settings: { responseTimeoutMs: behaviour === "stalls" ? 80 : 20_000 } },
    when: [
      {
        endpoints: all("A", behaviour),
        send: requests(1),
        expect: { ways: `A!${code}`, status, states: { A: "SUSPENDED" }, failures: { A: 1 } },
      },
    ],
    source: sources.faultHandling,
    shows: "truthfulStatus",
  }),
);

const reset: ConformanceCase = {
  name: "an endpoint that resets in the middle of its head: 101501, status 502",
  given: { kind: "single" },
  when: [
    {
      endpoints: all("A", hostile("sends half a head and resets")),
      send: requests(1),
      expect: { ways: "A!101501", status: 502, states: { A: "SUSPENDED" } },
    },
  ],
  source: sources.faultHandling,
  only: "sockets",
};

const timeouts: ConformanceCase[] = [
  {
    name: "the timeout action Fault marks the endpoint, and fails over",
    given: {
      members: "A B",
      settingsOf: { A: { responseTimeoutMs: 80, timeoutAction: "fault", retriesBeforeSuspension: 1 } },
    },
    when: [{ endpoints: all("A", "stalls"), send: requests(1), expect: { ways: "A>B", states: { A: "TIMEOUT" } } }],
    source: sources.wso2Timeouts,
  },
  {
    name: "the timeout action Discard marks the endpoint, and does not fail over",
    given: {
      members: "A B",
      settingsOf: { A: { responseTimeoutMs: 80, timeoutAction: "discard", retriesBeforeSuspension: 1 } },
    },
    when: [
      {
        endpoints: all("A", "stalls"),
        send: requests(1),
        expect: { ways: "A!101504", status: 504, states: { A: "TIMEOUT", B: "ACTIVE" } },
      },
    ],
    source: sources.wso2Timeouts,
  },
  {
    name: "the timeout action Discard concerns timeouts alone",
    given: { members: "A B", settings: { timeoutAction: "discard" } },
    when: [{ endpoints: all("A", "refuses"), send: requests(1), expect: { ways: "A>B" } }],
    source: sources.wso2Timeouts,
  },
  {
    name: "each endpoint has its own Duration",
    given: { members: "A B", settingsOf: { A: { responseTimeoutMs: 80 }, B: { responseTimeoutMs: 20_000 } } },
    when: [{ endpoints: all("A", "stalls"), send: requests(1), expect: { ways: "A>B", states: { A: "SUSPENDED" } } }],
    source: sources.endpointDefinition,
    shows: "exactTimeouts",
  },
  {
    name: "a body that trickles after its head is not cut by the Duration",
    given: { kind: "single", settings: { responseTimeoutMs: 400 } },
    when: [
      {
        endpoints: all("A", hostile("trickles its body")),
        send: requests(1),
        expect: { ways: "A", client: { isWhole: true, text: "abcde" } },
      },
    ],
    source: sources.wso2Timeouts,
    shows: "exactTimeouts",
    only: "sockets",
  },
  {
    name: "a head that trickles is cut by the Duration",
    given: { kind: "single", settings: { responseTimeoutMs: 60 } },
    when: [
      {
        endpoints: all("A", hostile("sends its head byte by byte")),
        send: requests(1),
        expect: { ways: "A!101504", status: 504 },
      },
    ],
    source: sources.wso2Timeouts,
    shows: "exactTimeouts",
    only: "sockets",
  },
  {
    name: "a body that falls silent is cut after its idle time: the client's stream breaks, the endpoint stays ACTIVE",
    given: { kind: "single" },
    when: [
      {
        endpoints: all("A", hostile("falls silent in its body")),
        send: requests(1),
        expect: { ways: "A", status: 200, states: { A: "ACTIVE" }, client: { isWhole: false, text: "half" } },
      },
    ],
    source: sources.incomplete,
    only: "sockets",
  },
];

/** What a failure is called, and how long anything may take. */
export const errorCodes: CaseGroup[] = [
  { title: "Error codes", cases: [...codes, reset] },
  { title: "Timeouts", cases: timeouts },
];
