import { all, requests } from "../behaviours.ts";
import type { CaseGroup, ClientRequest, Step } from "../case.ts";
import { sources } from "../sources.ts";

const c1: ClientRequest = { headers: { ClientID: "c1" } };
const byClientId = { session: { kind: "client-id" } } as const;
const growing = { suspendInitialDurationMs: 1_000, suspendFactor: 2 };

/** What survives a change of the configuration. */
export const reload: CaseGroup[] = [
  {
    title: "A reload",
    cases: [
      {
        name: "keeps state, series and time of an endpoint",
        given: { kind: "single", settings: growing },
        when: [
          { endpoints: all("A", "refuses"), send: requests(1), expect: { ways: "A!101503" } },
          { after: 400, reload: { kind: "single", settings: growing } },
          { expect: { states: { A: { kind: "SUSPENDED", retryIn: 600 } }, failures: { A: 1 } } },
          { after: 600, send: requests(1), expect: { states: { A: { kind: "SUSPENDED", retryIn: 2_000 } } } },
        ],
        source: sources.reloadPage,
      },
      {
        name: "keeps whose turn it is",
        given: {},
        when: [
          { send: requests(2), expect: { ways: "A B" } },
          { reload: { retryNonIdempotent: true }, send: requests(2), expect: { ways: "C A" } },
        ],
        source: sources.reloadPage,
      },
      {
        name: "between any two requests does not disturb the rotation",
        given: {},
        when: Array.from(
          { length: 12 },
          (_, index): Step => ({
            reload: { retryNonIdempotent: index % 2 === 0 },
            send: requests(1),
            expect: { ways: "ABC".charAt(index % 3) },
          }),
        ),
        source: sources.reloadPage,
      },
      {
        name: "keeps sessions",
        given: byClientId,
        when: [
          { send: c1, expect: { ways: "A" } },
          {
            reload: { ...byClientId, retryNonIdempotent: true },
            send: { ...c1, times: 2 },
            expect: { ways: "A A" },
          },
        ],
        source: sources.reloadPage,
      },
      {
        name: "that adds a member gives it its place in the rotation",
        given: { members: "A B C" },
        when: [
          { send: requests(1), expect: { ways: "A" } },
          { reload: { members: "A B C D" }, send: requests(5), expect: { ways: "B C D A B" } },
        ],
        source: sources.reloadPage,
      },
      {
        name: "that removes the member whose turn it is goes on with the next",
        given: {},
        when: [
          { send: requests(1), expect: { ways: "A" } },
          { reload: { members: "A C" }, send: requests(3), expect: { ways: "C A C" } },
        ],
        source: sources.reloadPage,
      },
      {
        name: "that removes a member lets the request finish that it has",
        given: {},
        when: [
          { begin: { name: "slow" }, expect: { ways: "A" } },
          { reload: { members: "B C" }, send: requests(2), expect: { ways: "B C" } },
          { finish: { name: "slow", as: "answers" }, expect: { ways: "A", status: 200 } },
        ],
        source: sources.reloadPage,
      },
      {
        name: "that removes a member binds its sessions anew",
        given: byClientId,
        when: [
          { send: c1, expect: { ways: "A" } },
          { reload: { ...byClientId, members: "B C" }, send: { ...c1, times: 3 }, expect: { ways: "B B B" } },
        ],
        source: sources.reloadPage,
      },
      {
        name: "that changes the order keeps whose turn it is",
        given: {},
        when: [
          { send: requests(1), expect: { ways: "A" } },
          { reload: { members: "C B A" }, send: requests(4), expect: { ways: "B A C B" } },
        ],
        source: sources.reloadPage,
      },
      {
        name: "that makes another endpoint the primary is followed at once",
        given: { kind: "failover" },
        when: [
          { send: requests(1), expect: { ways: "A" } },
          { reload: { kind: "failover", members: "C A B" }, send: requests(2), expect: { ways: "C C" } },
        ],
        source: sources.reloadPage,
      },
      {
        name: "that changes settings keeps the state, and applies them from the next outcome on",
        given: { kind: "single" },
        when: [
          { endpoints: all("A", "refuses"), send: requests(1) },
          { reload: { kind: "single", settings: { suspendFactor: 3 } } },
          { expect: { states: { A: { kind: "SUSPENDED", retryIn: 30_000 } } } },
          { after: 30_000, send: requests(1), expect: { states: { A: { kind: "SUSPENDED", retryIn: 90_000 } } } },
        ],
        source: sources.reloadPage,
      },
      {
        name: "that disables suspension ends one with the next outcome",
        given: { kind: "single" },
        when: [
          { endpoints: all("A", "refuses"), send: requests(1), expect: { states: { A: "SUSPENDED" } } },
          { reload: { kind: "single", settings: { suspendInitialDurationMs: 0 } } },
          { after: 30_000, send: requests(2), expect: { ways: "A!101503 A!101503", states: { A: "ACTIVE" } } },
        ],
        source: sources.reloadPage,
      },
      {
        name: "that lowers the retries takes those left with it",
        given: { kind: "single", settings: { retriesBeforeSuspension: 5 } },
        when: [
          { endpoints: all("A", "closes"), send: requests(1) },
          {
            reload: { kind: "single", settings: { retriesBeforeSuspension: 0 } },
            send: requests(1),
            expect: { states: { A: "SUSPENDED" } },
          },
        ],
        source: sources.reloadPage,
      },
      {
        name: "that gives an endpoint another URL begins anew with it",
        given: {},
        when: [
          { endpoints: all("A", "refuses"), send: requests(1), expect: { ways: "A>B" } },
          { reload: { movedTo: { A: "D" } }, expect: { states: { A: "ACTIVE" }, failures: { A: 0 } } },
          { send: requests(2), expect: { ways: "C A" } },
        ],
        source: sources.reloadPage,
        only: "sockets",
      },
      {
        name: "that turns load balancing into failover keeps states",
        given: {},
        when: [
          { endpoints: all("A", "refuses"), send: requests(1), expect: { ways: "A>B" } },
          { reload: { kind: "failover" }, send: requests(2), expect: { ways: "B B", states: { A: "SUSPENDED" } } },
        ],
        source: sources.reloadPage,
      },
      {
        name: "while an attempt is under way lets its failure count",
        given: { members: "A B" },
        when: [
          { begin: { name: "slow" }, expect: { ways: "A" } },
          { reload: { members: "A B", retryNonIdempotent: true } },
          { finish: { name: "slow", as: "resets" }, expect: { ways: "A>B", states: { A: "SUSPENDED" } } },
        ],
        source: sources.reloadPage,
      },
      {
        name: "that turns a session off lets its clients take turns",
        given: byClientId,
        when: [
          { send: { ...c1, times: 2 }, expect: { ways: "A A" } },
          { reload: {}, send: { ...c1, times: 3 }, expect: { ways: "B C A" } },
        ],
        source: sources.reloadPage,
      },
    ],
  },
];
