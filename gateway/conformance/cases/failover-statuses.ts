import { all, answers, requests } from "../behaviours.ts";
import type { CaseGroup, ClientRequest, ConformanceCase, Given } from "../case.ts";
import { sources } from "../sources.ts";

const chosen: Given = { members: "A B", failoverStatuses: { statuses: [503, 429] } };
const everyMethod: Given = { members: "A B", failoverStatuses: { statuses: [503, 429], allMethods: true } };
const busy = answers({ status: 503 });
const asking = (seconds: string) => answers({ status: 503, headers: { "Retry-After": seconds } });
const key = { "Idempotency-Key": "k" };

const methods: readonly [string, Given, ClientRequest, boolean][] = [
  ["a GET", chosen, {}, true],
  ["a HEAD", chosen, { method: "HEAD" }, true],
  ["a PUT", chosen, { method: "PUT" }, false],
  ["a DELETE", chosen, { method: "DELETE" }, false],
  ["a POST with an Idempotency-Key", chosen, { method: "POST", headers: key }, false],
  ["a PUT, with every method chosen,", everyMethod, { method: "PUT" }, true],
  ["a POST, with every method chosen,", everyMethod, { method: "POST" }, false],
  ["a POST with an Idempotency-Key, with every method chosen,", everyMethod, { method: "POST", headers: key }, true],
  [
    "a POST that may be repeated, with every method chosen,",
    { ...everyMethod, retryNonIdempotent: true },
    { method: "POST" },
    true,
  ],
];

const byMethod = methods.map(
  ([what, given, request, goesOn]): ConformanceCase => ({
    name: `${what} ${goesOn ? "goes on to the next endpoint" : "gets the answer as it is"}`,
    given,
    when: [
      {
        endpoints: all("A", busy),
        send: request,
        expect: goesOn ? { ways: "A>B", status: 200 } : { ways: "A", status: 503 },
      },
    ],
    source: sources.idempotence,
  }),
);

const states: ConformanceCase[] = [
  {
    name: "a chosen status without Retry-After leaves the endpoint ACTIVE, and counts no failure",
    given: chosen,
    when: [
      {
        endpoints: all("A", busy),
        send: requests(1),
        expect: { ways: "A>B", states: { A: "ACTIVE" }, failures: { A: 0 } },
      },
    ],
    source: sources.statuses,
  },
  {
    name: "a status that is not chosen is an answer",
    given: chosen,
    when: [{ endpoints: all("A", answers({ status: 500 })), send: requests(1), expect: { ways: "A", status: 500 } }],
    source: sources.statuses,
  },
  {
    name: "Retry-After in seconds: passed by for so long, to the millisecond",
    given: chosen,
    when: [
      {
        endpoints: all("A", asking("7")),
        send: requests(1),
        expect: { ways: "A>B", states: { A: { kind: "SUSPENDED", retryIn: 7_000 } } },
      },
      { after: 6_999, endpoints: all("A", "answers"), send: requests(2), expect: { ways: "B B" } },
      { after: 1, send: requests(1), expect: { ways: "A", states: { A: "ACTIVE" } } },
    ],
    source: sources.retryAfter,
  },
  {
    name: "Retry-After as a date: passed by until then",
    given: chosen,
    when: [
      {
        // The clock of cases begins 1,000 s after midnight of this day.
        endpoints: all("A", asking("Thu, 01 Jan 2026 00:20:00 GMT")),
        send: requests(1),
        expect: { ways: "A>B", states: { A: { kind: "SUSPENDED", retryIn: 200_000 } } },
      },
    ],
    source: sources.retryAfter,
  },
  {
    name: "Retry-After is no failure: the next suspension is the first of its series",
    given: { ...chosen, settings: { suspendInitialDurationMs: 1_000, suspendFactor: 10 } },
    when: [
      { endpoints: all("A", asking("50")), send: requests(1), expect: { ways: "A>B", failures: { A: 0 } } },
      {
        after: 50_000,
        endpoints: all("A", "refuses"),
        send: requests(1),
        expect: { ways: "A>B", states: { A: { kind: "SUSPENDED", retryIn: 1_000 } } },
      },
    ],
    source: sources.retryAfter,
  },
  {
    name: "Retry-After never exceeds Max Duration",
    given: { ...chosen, settings: { suspendMaximumDurationMs: 4_000 } },
    when: [
      {
        endpoints: all("A", asking("3600")),
        send: requests(1),
        expect: { states: { A: { kind: "SUSPENDED", retryIn: 4_000 } } },
      },
    ],
    source: sources.retryAfter,
  },
  {
    name: "Retry-After is believed for an hour at most",
    given: chosen,
    when: [
      {
        endpoints: all("A", asking("99999999999999999999")),
        send: requests(1),
        expect: { states: { A: { kind: "SUSPENDED", retryIn: 3_600_000 } } },
      },
    ],
    source: sources.retryAfter,
  },
  ...["soon", "-5", "0", "7.5"].map(
    (value): ConformanceCase => ({
      name: `Retry-After of ${value} says nothing`,
      given: chosen,
      when: [{ endpoints: all("A", asking(value)), send: requests(1), expect: { states: { A: "ACTIVE" } } }],
      source: sources.retryAfter,
    }),
  ),
  {
    name: "Retry-After changes nothing where suspension is disabled",
    given: { ...chosen, settings: { suspendInitialDurationMs: 0 } },
    when: [{ endpoints: all("A", asking("7")), send: requests(1), expect: { ways: "A>B", states: { A: "ACTIVE" } } }],
    source: sources.retryAfter,
  },
  {
    name: "every endpoint has such a status: the client gets the last answer as it is",
    given: chosen,
    when: [
      {
        endpoints: { A: busy, B: answers({ status: 429 }) },
        send: requests(1),
        expect: { ways: "A>B", status: 429, states: { A: "ACTIVE", B: "ACTIVE" } },
      },
    ],
    source: sources.statuses,
  },
  {
    name: "the next endpoint fails: the client gets its code",
    given: chosen,
    when: [{ endpoints: { A: busy, B: "refuses" }, send: requests(1), expect: { ways: "A>B!101503", status: 502 } }],
    source: sources.statuses,
  },
  {
    name: "failover off: the answer stands, and Retry-After counts all the same",
    given: { ...chosen, failover: false },
    when: [
      { endpoints: all("A", asking("7")), send: requests(1), expect: { ways: "A", status: 503 } },
      { send: requests(2), expect: { ways: "B B", states: { A: { kind: "SUSPENDED", retryIn: 7_000 } } } },
    ],
    source: sources.retryAfter,
  },
  {
    name: "in a failover group the primary is asked again by the next request",
    given: { ...chosen, kind: "failover" },
    when: [{ endpoints: all("A", busy), send: requests(2), expect: { ways: "A>B A>B" } }],
    source: sources.failover,
  },
  {
    name: "a session moves to the endpoint whose answer its client got",
    given: { ...chosen, session: { kind: "client-id" } },
    when: [
      { endpoints: all("A", busy), send: { headers: { ClientID: "c1" } }, expect: { ways: "A>B" } },
      { endpoints: all("A", "answers"), send: { headers: { ClientID: "c1" }, times: 2 }, expect: { ways: "B B" } },
    ],
    source: sources.sessionAffinity,
  },
];

/** Failover on HTTP statuses that the publisher chose; no group does without being told to. */
export const failoverStatuses: CaseGroup[] = [
  { title: "Failover on statuses: methods", cases: byMethod },
  { title: "Failover on statuses: states", cases: states },
];
