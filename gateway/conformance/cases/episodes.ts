import { all, requests } from "../behaviours.ts";
import type { CaseGroup } from "../case.ts";
import { sources } from "../sources.ts";

const growing = { suspendInitialDurationMs: 1_000, suspendFactor: 2 };

/** What attempts do that overlap with a change of the state. */
export const episodes: CaseGroup[] = [
  {
    title: "Attempts in flight",
    cases: [
      {
        name: "ten that one outage fails suspend once, for the first duration",
        given: { kind: "single", settings: growing },
        when: [
          ...Array.from({ length: 10 }, (_, index) => ({ begin: { name: `r${index}` }, expect: { ways: "A" } })),
          ...Array.from({ length: 10 }, (_, index) => ({
            finish: { name: `r${index}`, as: "resets" as const },
            expect: { ways: "A!101500" },
          })),
          { expect: { states: { A: { kind: "SUSPENDED", retryIn: 1_000 } }, failures: { A: 10 } } },
        ],
        source: sources.endpointContext,
        shows: "oneStepPerEpisode",
      },
      {
        name: "ten timeouts at once use up one retry",
        given: { kind: "single", settings: { retriesBeforeSuspension: 3 } },
        when: [
          ...Array.from({ length: 10 }, (_, index) => ({ begin: { name: `r${index}` } })),
          ...Array.from({ length: 10 }, (_, index) => ({ finish: { name: `r${index}`, as: "closes" as const } })),
          { expect: { states: { A: { kind: "TIMEOUT", retriesLeft: 2 } } } },
        ],
        source: sources.endpointContext,
        shows: "oneStepPerEpisode",
      },
      {
        name: "one that succeeds after the suspension began does not end it",
        given: { kind: "single" },
        when: [
          { begin: { name: "early" }, expect: { ways: "A" } },
          { begin: { name: "failing" } },
          { finish: { name: "failing", as: "resets" }, expect: { states: { A: "SUSPENDED" } } },
          { finish: { name: "early", as: "answers" }, expect: { ways: "A", status: 200, states: { A: "SUSPENDED" } } },
        ],
        source: sources.endpointContext,
        shows: "lateSuccess",
      },
      {
        name: "one that fails after the endpoint recovered suspends nobody",
        given: { kind: "single", settings: growing },
        when: [
          { begin: { name: "slow" } },
          { begin: { name: "failing" } },
          { finish: { name: "failing", as: "resets" } },
          { after: 1_000, send: requests(1), expect: { ways: "A", states: { A: "ACTIVE" } } },
          { finish: { name: "slow", as: "resets" }, expect: { ways: "A!101500", states: { A: "ACTIVE" } } },
        ],
        source: sources.endpointContext,
        shows: "oneStepPerEpisode",
      },
      {
        name: "one that fails after its endpoint was switched off leaves it OFF",
        given: { kind: "single" },
        when: [
          { begin: { name: "slow" } },
          { reload: { kind: "single", switches: { A: "off" } }, expect: { states: { A: "OFF" } } },
          { finish: { name: "slow", as: "resets" }, expect: { ways: "A!101500", states: { A: "OFF" } } },
          { after: 3_600_000, send: requests(1), expect: { ways: "!303001" } },
        ],
        source: sources.endpointContext,
        shows: "offIsFinal",
      },
      {
        name: "one that succeeds after its endpoint was switched off leaves it OFF",
        given: { kind: "single" },
        when: [
          { begin: { name: "slow" } },
          { reload: { kind: "single", switches: { A: "off" } } },
          { finish: { name: "slow", as: "answers" }, expect: { ways: "A", status: 200, states: { A: "OFF" } } },
        ],
        source: sources.endpointContext,
        shows: "offIsFinal",
      },
      {
        name: "one from before switching off and on counts for nothing after it",
        given: { kind: "single" },
        when: [
          { begin: { name: "slow" } },
          { reload: { kind: "single", switches: { A: "off" } } },
          { reload: { kind: "single" } },
          { finish: { name: "slow", as: "resets" }, expect: { states: { A: "ACTIVE" } } },
        ],
        source: sources.endpointContext,
        shows: "oneStepPerEpisode",
      },
      {
        name: "one whose client leaves says nothing of the endpoint",
        given: { kind: "single" },
        when: [
          { begin: { name: "left" } },
          { finish: { name: "left", as: "client-leaves" }, expect: { ways: "A~", states: { A: "ACTIVE" } } },
          { expect: { failures: { A: 0 } } },
        ],
        source: sources.endpointContext,
      },
    ],
  },
  {
    title: "Half open",
    cases: [
      {
        name: "one request probes while another endpoint is ready, the others pass it by",
        given: { members: "A B", settings: growing },
        when: [
          { endpoints: all("A", "refuses"), send: requests(1), expect: { ways: "A>B" } },
          { after: 1_000, endpoints: all("A", "answers"), begin: { name: "probe" }, expect: { ways: "A" } },
          { send: requests(4), expect: { ways: "B B B B" } },
          { finish: { name: "probe", as: "answers" }, expect: { ways: "A", states: { A: "ACTIVE" } } },
          { send: requests(4), expect: { shares: { A: 2, B: 2 } } },
        ],
        source: sources.endpointContext,
        shows: "halfOpen",
      },
      {
        name: "a probe that fails costs one request, and escalates by one step",
        given: { members: "A B", settings: growing },
        when: [
          { endpoints: all("A", "refuses"), send: requests(1), expect: { ways: "A>B" } },
          { after: 1_000, endpoints: all("A", "answers"), begin: { name: "probe" }, expect: { ways: "A" } },
          { finish: { name: "probe", as: "resets" }, expect: { ways: "A>B" } },
          { expect: { states: { A: { kind: "SUSPENDED", retryIn: 2_000 } }, failures: { A: 2 } } },
          { send: requests(3), expect: { ways: "B B B" } },
        ],
        source: sources.endpointContext,
        shows: "halfOpen",
      },
      {
        name: "a probe whose client leaves makes room for the next one",
        given: { members: "A B", settings: growing },
        when: [
          { endpoints: all("A", "refuses"), send: requests(1), expect: { ways: "A>B" } },
          { after: 1_000, endpoints: all("A", "answers"), begin: { name: "probe" }, expect: { ways: "A" } },
          { finish: { name: "probe", as: "client-leaves" }, expect: { ways: "A~", states: { A: "SUSPENDED" } } },
          { send: requests(2), expect: { shares: { A: 1, B: 1 }, states: { A: "ACTIVE" } } },
        ],
        source: sources.endpointContext,
        shows: "halfOpen",
      },
      {
        name: "when no other endpoint is ready, all may try",
        given: { kind: "single", settings: growing },
        when: [
          { endpoints: all("A", "refuses"), send: requests(1), expect: { ways: "A!101503" } },
          { after: 1_000, endpoints: all("A", "answers"), begin: { name: "probe" }, expect: { ways: "A" } },
          { begin: { name: "second" }, expect: { ways: "A" } },
          { finish: { name: "second", as: "answers" }, expect: { ways: "A", states: { A: "ACTIVE" } } },
          { finish: { name: "probe", as: "answers" }, expect: { ways: "A", states: { A: "ACTIVE" } } },
        ],
        source: sources.endpointContext,
        shows: "halfOpen",
      },
      {
        name: "in a failover group one request probes the primary, the others go to the backup",
        given: { kind: "failover", members: "A B", settings: growing },
        when: [
          { endpoints: all("A", "refuses"), send: requests(2), expect: { ways: "A>B B" } },
          { after: 1_000, endpoints: all("A", "answers"), begin: { name: "probe" }, expect: { ways: "A" } },
          { send: requests(3), expect: { ways: "B B B" } },
          { finish: { name: "probe", as: "answers" }, expect: { ways: "A" } },
          { send: requests(2), expect: { ways: "A A" } },
        ],
        source: sources.failover,
        shows: "halfOpen",
      },
      {
        name: "an endpoint in TIMEOUT is probed in the same way",
        given: { members: "A B", settings: { retriesBeforeSuspension: 3, retryDelayMs: 100 } },
        when: [
          { endpoints: all("A", "closes"), send: requests(1), expect: { ways: "A>B", states: { A: "TIMEOUT" } } },
          { after: 100, endpoints: all("A", "answers"), begin: { name: "probe" }, expect: { ways: "A" } },
          { send: requests(2), expect: { ways: "B B" } },
          { finish: { name: "probe", as: "answers" }, expect: { ways: "A", states: { A: "ACTIVE" } } },
        ],
        source: sources.endpointContext,
        shows: "halfOpen",
      },
    ],
  },
];
