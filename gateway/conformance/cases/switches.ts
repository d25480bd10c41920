import { all, requests } from "../behaviours.ts";
import type { CaseGroup, ClientRequest } from "../case.ts";
import { sources } from "../sources.ts";

const c1: ClientRequest = { headers: { ClientID: "c1" } };
const byClientId = { session: { kind: "client-id" } } as const;

/** What a person does to an endpoint. */
export const switches: CaseGroup[] = [
  {
    title: "Switched off, on and draining",
    cases: [
      {
        name: "off: passed by for as long as it takes",
        given: { switches: { A: "off" } },
        when: [
          { send: requests(4), expect: { ways: "B C B C", states: { A: "OFF" } } },
          { after: 86_400_000, send: requests(2), expect: { ways: "B C" } },
        ],
        source: sources.endpointContext,
      },
      {
        name: "off: its sessions move",
        given: byClientId,
        when: [
          { send: c1, expect: { ways: "A" } },
          {
            reload: { ...byClientId, switches: { A: "off" } },
            send: { ...c1, times: 2 },
            expect: { ways: "B B" },
          },
        ],
        source: sources.sessionAffinity,
        shows: "sessionMoves",
      },
      {
        name: "off, and failover off: its sessions are told 309001",
        given: { ...byClientId, failover: false },
        when: [
          { send: c1, expect: { ways: "A" } },
          {
            reload: { ...byClientId, failover: false, switches: { A: "off" } },
            send: c1,
            expect: { ways: "!309001", status: 503, retryAfter: 30 },
          },
        ],
        source: sources.sessionAffinity,
      },
      {
        name: "off: nobody left is 303000",
        given: { members: "A B", switches: { A: "off", B: "off" } },
        when: [{ send: requests(1), expect: { ways: "!303000", status: 503, retryAfter: 30 } }],
        source: sources.loadBalance,
      },
      {
        name: "on: a suspended endpoint is a fresh ACTIVE",
        given: { kind: "single" },
        when: [
          { endpoints: all("A", "refuses"), send: requests(1), expect: { states: { A: "SUSPENDED" } } },
          { reload: { kind: "single", switches: { A: "off" } } },
          { endpoints: all("A", "answers"), reload: { kind: "single" }, send: requests(1), expect: { ways: "A" } },
        ],
        source: sources.endpointContext,
      },
      {
        name: "draining: nothing new, and its sessions stay",
        given: byClientId,
        when: [
          { send: c1, expect: { ways: "A" } },
          { reload: { ...byClientId, switches: { A: "drain" } }, send: requests(4), expect: { ways: "B C B C" } },
          { send: { ...c1, times: 2 }, expect: { ways: "A A", states: { A: "ACTIVE" } } },
        ],
        source: sources.switchesPage,
      },
      {
        name: "draining: the cookies of its clients stay good",
        given: { session: { kind: "transport" } },
        when: [
          { send: { client: "c" }, expect: { ways: "A" } },
          {
            reload: { session: { kind: "transport" }, switches: { A: "drain" } },
            send: { client: "c", times: 2 },
            expect: { ways: "A A" },
          },
          { send: { client: "new" }, expect: { ways: "B" } },
        ],
        source: sources.switchesPage,
      },
      {
        name: "draining: a session whose endpoint fails moves, as ever",
        given: byClientId,
        when: [
          { send: c1, expect: { ways: "A" } },
          {
            reload: { ...byClientId, switches: { A: "drain" } },
            endpoints: all("A", "refuses"),
            send: c1,
            expect: { ways: "A>B" },
          },
          { endpoints: all("A", "answers"), after: 30_000, send: c1, expect: { ways: "B" } },
        ],
        source: sources.switchesPage,
      },
      {
        name: "draining: a primary gives way to the backup",
        given: { kind: "failover", switches: { A: "drain" } },
        when: [{ send: requests(2), expect: { ways: "B B" } }],
        source: sources.switchesPage,
      },
      {
        name: "draining: the request that it has finishes",
        given: { members: "A B" },
        when: [
          { begin: { name: "slow" }, expect: { ways: "A" } },
          { reload: { members: "A B", switches: { A: "drain" } }, send: requests(2), expect: { ways: "B B" } },
          { finish: { name: "slow", as: "answers" }, expect: { ways: "A", status: 200 } },
        ],
        source: sources.switchesPage,
      },
    ],
  },
];
