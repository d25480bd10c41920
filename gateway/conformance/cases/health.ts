import { all, requests } from "../behaviours.ts";
import type { CaseGroup, Given } from "../case.ts";
import { sources } from "../sources.ts";

const healthCheck = { path: "/health", intervalMs: 500, timeoutMs: 400, rise: 1, fall: 1 };
const checked: Given = { healthCheck };
const patient: Given = { kind: "single", healthCheck: { ...healthCheck, rise: 2, fall: 3 } };

/** What active checks do to endpoints. */
export const health: CaseGroup[] = [
  {
    title: "Active checks",
    cases: [
      {
        name: "an endpoint found down is passed by before any request has met it, and stays ACTIVE",
        given: checked,
        when: [
          {
            checks: { A: "down" },
            send: requests(4),
            expect: { ways: "B C B C", states: { A: "ACTIVE" }, failures: { A: 0 } },
          },
        ],
        source: sources.nginxChecks,
      },
      {
        name: "an endpoint found up again takes its turns",
        given: checked,
        when: [
          { checks: { A: "down" }, send: requests(2), expect: { ways: "B C" } },
          { checks: { A: "up" }, send: requests(3), expect: { ways: "A B C" } },
        ],
        source: sources.nginxChecks,
      },
      {
        name: "an endpoint found up again ends its suspension early",
        given: { healthCheck, settings: { suspendInitialDurationMs: 600_000 } },
        when: [
          { endpoints: all("A", "refuses"), send: requests(1), expect: { ways: "A>B", states: { A: "SUSPENDED" } } },
          { checks: { A: "down" } },
          { endpoints: all("A", "answers"), checks: { A: "up" }, expect: { states: { A: "ACTIVE" } } },
          { send: requests(3), expect: { ways: "C A B" } },
        ],
        source: sources.nginxChecks,
      },
      {
        name: "an endpoint that is switched off stays OFF when it is found up",
        given: checked,
        when: [
          { checks: { A: "down" } },
          { reload: { ...checked, switches: { A: "off" } } },
          { checks: { A: "up" }, send: requests(2), expect: { ways: "B C", states: { A: "OFF" } } },
        ],
        source: sources.switchesPage,
      },
      {
        name: "every endpoint found down is 303000, with the interval of the checks to wait",
        given: { members: "A B", healthCheck },
        when: [
          { checks: { A: "down", B: "down" } },
          { send: requests(1), expect: { ways: "!303000", status: 503, retryAfter: 1 } },
        ],
        source: sources.loadBalance,
      },
      {
        name: "a single endpoint found down is 303001, and called SUSPENDED",
        given: { kind: "single", healthCheck },
        when: [
          {
            checks: { A: "down" },
            send: requests(1),
            expect: {
              ways: "!303001",
              status: 503,
              description:
                "Currently , Address endpoint : [ Name : PizzaShackAPI--v1.0.0_APIproductionEndpoint ] [ State : SUSPENDED ]",
            },
          },
        ],
        source: sources.abstractEndpoint,
      },
      {
        name: "a session whose endpoint is found down moves, and stays where it went",
        given: { healthCheck, session: { kind: "client-id" } },
        when: [
          { send: { headers: { ClientID: "c1" } }, expect: { ways: "A" } },
          { checks: { A: "down" }, send: { headers: { ClientID: "c1" } }, expect: { ways: "B" } },
          { checks: { A: "up" }, send: { headers: { ClientID: "c1" } }, expect: { ways: "B" } },
        ],
        source: sources.sessionAffinity,
        shows: "sessionMoves",
      },
      {
        name: "a primary found down gives way to the backup, and has the traffic back when it is found up",
        given: { kind: "failover", healthCheck },
        when: [
          { checks: { A: "down" }, send: requests(2), expect: { ways: "B B" } },
          { checks: { A: "up" }, send: requests(2), expect: { ways: "A A" } },
        ],
        source: sources.failover,
      },
      {
        name: "an endpoint found up again starts slowly where that is set",
        given: { healthCheck, slowStartMs: 10_000 },
        when: [
          { checks: { A: "down" } },
          { checks: { A: "up" }, send: requests(4), expect: { ways: "B C B C" } },
          { after: 10_000, send: requests(3), expect: { shares: { A: 1, B: 1, C: 1 } } },
        ],
        source: sources.nginxSlowStart,
      },
      {
        name: "an endpoint found down serves again when checks are taken out of the configuration",
        given: checked,
        when: [
          { checks: { A: "down" }, send: requests(2), expect: { ways: "B C" } },
          { reload: {}, send: requests(3), expect: { shares: { A: 1, B: 1, C: 1 } } },
        ],
        source: sources.reloadPage,
        only: "sockets",
      },
      {
        name: "it takes as many failures in a row as Fall says",
        given: patient,
        when: [
          { checks: { A: ["fails", "fails"] }, send: requests(1), expect: { ways: "A" } },
          { checks: { A: ["fails"] }, send: requests(1), expect: { ways: "!303001" } },
        ],
        source: sources.nginxChecks,
        only: "machine",
      },
      {
        name: "as many successes in a row as Rise says end the row",
        given: patient,
        when: [
          {
            checks: { A: ["fails", "fails", "succeeds", "succeeds", "fails", "fails"] },
            send: requests(1),
            expect: { ways: "A" },
          },
        ],
        source: sources.nginxChecks,
        only: "machine",
      },
      {
        name: "it takes as many successes in a row as Rise says to be found up",
        given: patient,
        when: [
          { checks: { A: "down" } },
          { checks: { A: ["succeeds", "fails", "succeeds"] }, send: requests(1), expect: { ways: "!303001" } },
          { checks: { A: ["succeeds"] }, send: requests(1), expect: { ways: "A" } },
        ],
        source: sources.nginxChecks,
        only: "machine",
      },
    ],
  },
];
