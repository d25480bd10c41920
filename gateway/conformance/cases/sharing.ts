import { all, requests } from "../behaviours.ts";
import type { CaseGroup, Step } from "../case.ts";
import { sources } from "../sources.ts";

const pools = { kind: "tiered", members: "A B C D", tiers: [2, 2] } as const;
const slow = { slowStartMs: 10_000, settings: { suspendInitialDurationMs: 1_000 } } as const;

/** A is suspended, and comes back with the answer to its probe. */
const recovery: Step[] = [
  { endpoints: all("A", "refuses"), send: requests(1), expect: { ways: "A>B" } },
  { after: 1_000, endpoints: all("A", "answers"), send: requests(2), expect: { ways: "C A", states: { A: "ACTIVE" } } },
];

/** How load is shared beyond equal turns. */
export const sharing: CaseGroup[] = [
  {
    title: "Weights",
    cases: [
      {
        name: "5, 1, 1 are served as A A B A C A A",
        given: { weights: { A: 5, B: 1, C: 1 } },
        when: [{ send: requests(14), expect: { ways: "A A B A C A A A A B A C A A" } }],
        source: sources.nginxWeights,
      },
      {
        name: "4, 2, 1 are kept exactly over any whole number of rounds",
        given: { weights: { A: 4, B: 2, C: 1 } },
        when: [{ send: requests(70), expect: { shares: { A: 40, B: 20, C: 10 } } }],
        source: sources.weightedRoundRobin,
      },
      {
        name: "that are all equal are turns",
        given: { weights: { A: 50, B: 50, C: 50 } },
        when: [{ send: requests(6), expect: { ways: "A B C A B C" } }],
        source: sources.nginxWeights,
      },
      {
        name: "of those that are ready keep their proportion when one is out",
        given: { weights: { A: 4, B: 2, C: 1 }, switches: { A: "off" } },
        when: [{ send: requests(30), expect: { shares: { B: 20, C: 10 } } }],
        source: sources.weightedRoundRobin,
      },
      {
        name: "do not move sessions",
        given: { weights: { A: 1, B: 9 }, members: "A B", session: { kind: "client-id" } },
        when: [
          { send: { headers: { ClientID: "c1" } }, expect: { ways: "B" } },
          { send: { headers: { ClientID: "c1" }, times: 5 }, expect: { shares: { B: 5 } } },
        ],
        source: sources.sessionAffinity,
      },
      {
        name: "changed by a reload work from the next request on",
        given: { members: "A B" },
        when: [
          { send: requests(2), expect: { ways: "A B" } },
          {
            reload: { members: "A B", weights: { A: 3, B: 1 } },
            send: requests(40),
            expect: { shares: { A: 30, B: 10 } },
          },
        ],
        source: sources.nginxWeights,
      },
    ],
  },
  {
    title: "Tiers",
    cases: [
      {
        name: "the backup pool is left alone while one of the primary pool is ready",
        given: { ...pools, switches: { A: "off" } },
        when: [{ send: requests(3), expect: { ways: "B B B" } }],
        source: sources.failover,
      },
      {
        name: "the load is balanced within the pool that serves",
        given: pools,
        when: [{ send: requests(4), expect: { ways: "A B A B" } }],
        source: sources.failover,
      },
      {
        name: "a request goes through the primary pool before it goes to the backup pool",
        given: pools,
        when: [
          { endpoints: all("A B", "refuses"), send: requests(1), expect: { ways: "A>B>C" } },
          { send: requests(3), expect: { ways: "D C D" } },
        ],
        source: sources.failover,
      },
      {
        name: "traffic returns to the primary pool as soon as one of it is back",
        given: { ...pools, settings: { suspendInitialDurationMs: 1_000 } },
        when: [
          { endpoints: all("A B", "refuses"), send: requests(1), expect: { ways: "A>B>C" } },
          { after: 1_000, endpoints: all("A", "answers"), send: requests(1), expect: { ways: "B>A" } },
          { send: requests(2), expect: { ways: "A A" } },
        ],
        source: sources.failover,
      },
      {
        name: "each pool has its own turns",
        given: pools,
        when: [
          { send: requests(1), expect: { ways: "A" } },
          { reload: { ...pools, switches: { A: "off", B: "off" } }, send: requests(3), expect: { ways: "C D C" } },
          { reload: pools, send: requests(2), expect: { shares: { A: 1, B: 1 } } },
        ],
        source: sources.failover,
      },
      {
        name: "nobody ready in any pool is 303000",
        given: pools,
        when: [
          { endpoints: all("A B C D", "refuses"), send: requests(1), expect: { ways: "A>B>C>D!101503" } },
          { send: requests(1), expect: { ways: "!303000", status: 503 } },
        ],
        source: sources.failover,
      },
      {
        name: "a session that had to move to the backup pool stays there",
        given: { ...pools, session: { kind: "client-id" } },
        when: [
          { endpoints: all("A B", "refuses"), send: { headers: { ClientID: "c1" } }, expect: { ways: "A>B>C" } },
          {
            after: 30_000,
            endpoints: all("A B", "answers"),
            send: { headers: { ClientID: "c1" }, times: 2 },
            expect: { ways: "C C" },
          },
        ],
        source: sources.sessionAffinity,
      },
      {
        name: "weights count within a pool",
        given: { ...pools, weights: { A: 3, B: 1 } },
        when: [{ send: requests(8), expect: { shares: { A: 6, B: 2 } } }],
        source: sources.nginxWeights,
      },
    ],
  },
  {
    title: "Slow start",
    cases: [
      {
        name: "an endpoint that came back gets nothing at first, then its share in proportion to the time",
        given: slow,
        when: [
          ...recovery,
          { send: requests(20), expect: { shares: { B: 10, C: 10 } } },
          { after: 5_000, send: requests(60), expect: { shares: { A: 12, B: 24, C: 24 } } },
          { after: 5_000, send: requests(30), expect: { shares: { A: 10, B: 10, C: 10 } } },
        ],
        source: sources.nginxSlowStart,
      },
      {
        name: "is off where no time is set",
        given: { settings: { suspendInitialDurationMs: 1_000 } },
        when: [...recovery, { send: requests(3), expect: { shares: { A: 1, B: 1, C: 1 } } }],
        source: sources.nginxSlowStart,
      },
      {
        name: "is given up when there is no other endpoint",
        given: slow,
        when: [...recovery, { endpoints: all("B C", "refuses"), send: requests(3), expect: { shares: { A: 3 } } }],
        source: sources.nginxSlowStart,
      },
      {
        name: "does not keep sessions from their endpoint",
        given: { ...slow, session: { kind: "client-id" } },
        when: [
          { send: { headers: { ClientID: "c1" } }, expect: { ways: "A" } },
          { endpoints: all("A", "resets"), send: { headers: { ClientID: "c1" }, method: "POST" } },
          {
            after: 1_000,
            endpoints: all("A", "answers"),
            send: { headers: { ClientID: "c1" }, times: 4 },
            expect: { ways: "A A A A" },
          },
        ],
        source: sources.nginxSlowStart,
      },
    ],
  },
];
