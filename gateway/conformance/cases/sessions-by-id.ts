import { all, answers, requests } from "../behaviours.ts";
import type { CaseGroup, ClientRequest, ConformanceCase } from "../case.ts";
import { envelope, serviceGroup, soapClientId } from "../soap-text.ts";
import { sources } from "../sources.ts";

const byClientId = { session: { kind: "client-id" } } as const;
const bySoap = { session: { kind: "soap" } } as const;

const clientId = (id: string, times = 1): ClientRequest & { times: number } => ({ headers: { ClientID: id }, times });
const inGroup = (id: string): ClientRequest => ({ method: "POST", xml: envelope(serviceGroup(id)) });

const clientIdCases: ConformanceCase[] = [
  {
    name: "a client is bound to the endpoint of its first request",
    given: byClientId,
    when: [
      { send: clientId("c1", 3), expect: { ways: "A A A", setsCookie: false } },
      { send: clientId("c2", 2), expect: { ways: "B B" } },
      { send: clientId("c1"), expect: { ways: "A" } },
    ],
    source: sources.clientDispatcher,
  },
  {
    name: "a request in a session does not move the rotation on",
    given: byClientId,
    when: [
      { send: clientId("c1"), expect: { ways: "A" } },
      { send: clientId("c1", 4), expect: { shares: { A: 4 } } },
      { send: requests(3), expect: { ways: "B C A" } },
    ],
    source: sources.sessionAffinity,
  },
  {
    name: "two first requests at once go to the same endpoint",
    given: byClientId,
    when: [
      { begin: { name: "first", ...clientId("c1") }, expect: { ways: "A" } },
      { begin: { name: "second", ...clientId("c1") }, expect: { ways: "A" } },
      { finish: { name: "second", as: "answers" }, expect: { ways: "A" } },
      { finish: { name: "first", as: "answers" }, expect: { ways: "A" } },
    ],
    source: sources.sessions,
  },
  {
    name: "A is suspended: c1 goes to B, and stays with B after A is back",
    given: { ...byClientId, members: "A B" },
    when: [
      { send: clientId("c1", 2), expect: { ways: "A A" } },
      { endpoints: all("A", "refuses"), send: clientId("c1"), expect: { ways: "A>B" } },
      { endpoints: all("A", "answers"), after: 60_000, send: clientId("c1", 2), expect: { ways: "B B" } },
    ],
    source: sources.sessionAffinity,
    shows: "sessionMoves",
  },
  {
    name: "the first request's endpoint fails: the client belongs to the one that answered",
    given: byClientId,
    when: [
      { endpoints: all("A", "refuses"), send: clientId("c1"), expect: { ways: "A>B" } },
      { send: clientId("c1", 2), expect: { ways: "B B" } },
    ],
    source: sources.sessionAffinity,
  },
  {
    name: "failover off: 309001 while the endpoint is out, then the client is back at it",
    given: { ...byClientId, failover: false },
    when: [
      { send: clientId("c1"), expect: { ways: "A" } },
      { endpoints: all("A", "refuses"), send: clientId("c1", 2), expect: { ways: "A!101503 !309001", status: 503 } },
      { endpoints: all("A", "answers"), after: 30_000, send: clientId("c1"), expect: { ways: "A" } },
    ],
    source: sources.sessionAffinity,
  },
  {
    name: "the binding ends a Session Timeout after the last use",
    given: { session: { kind: "client-id", timeoutMs: 5_000 } },
    when: [
      { send: clientId("c1"), expect: { ways: "A" } },
      { after: 4_999, send: clientId("c1"), expect: { ways: "A" } },
      { after: 4_999, send: clientId("c1"), expect: { ways: "A" } },
      { after: 5_000, send: clientId("c1"), expect: { ways: "B" } },
    ],
    source: sources.sessions,
    shows: "sessionFromLastUse",
  },
  {
    name: "lasts two minutes where no Session Timeout is set",
    given: byClientId,
    when: [
      { send: clientId("c1"), expect: { ways: "A" } },
      { after: 119_999, send: clientId("c1"), expect: { ways: "A" } },
      { after: 120_000, send: clientId("c1"), expect: { ways: "B" } },
    ],
    source: sources.sessions,
  },
  {
    name: "requests without an id take turns",
    given: byClientId,
    when: [{ send: requests(4), expect: { ways: "A B C A" } }],
    source: sources.clientDispatcher,
  },
  {
    name: "the id may come in a SOAP header",
    given: byClientId,
    when: [
      { send: { method: "POST", xml: envelope(soapClientId("c1")), times: 3 }, expect: { ways: "A A A" } },
      { send: { method: "POST", xml: envelope(soapClientId("c2")) }, expect: { ways: "B" } },
    ],
    source: sources.clientDispatcher,
  },
  {
    name: "the HTTP header wins over the SOAP header",
    given: byClientId,
    when: [
      { send: clientId("c1"), expect: { ways: "A" } },
      {
        send: { method: "POST", xml: envelope(soapClientId("c2")), headers: { ClientID: "c1" } },
        expect: { ways: "A" },
      },
    ],
    source: sources.clientDispatcher,
  },
  {
    name: "a session finds its endpoint although it is being probed, where failover is off",
    given: { ...byClientId, failover: false, settings: { suspendInitialDurationMs: 1_000 } },
    when: [
      { send: clientId("c1"), expect: { ways: "A" } },
      { endpoints: all("A", "refuses"), send: clientId("c1"), expect: { ways: "A!101503" } },
      {
        after: 1_000,
        endpoints: all("A", "answers"),
        begin: { name: "probe", ...clientId("c1") },
        expect: { ways: "A" },
      },
      { send: clientId("c1"), expect: { ways: "A" } },
      { finish: { name: "probe", as: "answers" }, expect: { ways: "A" } },
    ],
    source: sources.sessionAffinity,
  },
];

const soapCases: ConformanceCase[] = [
  {
    name: "the first response names the session; requests in it go to that endpoint",
    given: bySoap,
    when: [
      { endpoints: all("A", answers({ serviceGroupId: "g1" })), send: { method: "POST", xml: envelope("") } },
      { send: { ...inGroup("g1"), times: 3 }, expect: { ways: "A A A", setsCookie: false } },
      { send: { ...requests(2), method: "POST" }, expect: { ways: "B C" } },
    ],
    source: sources.soapDispatcher,
  },
  {
    name: "an id that no response has named takes turns",
    given: bySoap,
    when: [{ send: { ...inGroup("unknown"), times: 3 }, expect: { ways: "A B C" } }],
    source: sources.soapDispatcher,
  },
  {
    name: "an envelope of SOAP 1.1 is read as well",
    given: bySoap,
    when: [
      { endpoints: all("A", answers({ serviceGroupId: "g1" })), send: { method: "POST", xml: envelope("") } },
      {
        send: {
          method: "POST",
          xml: envelope(serviceGroup("g1"), "", "http://schemas.xmlsoap.org/soap/envelope/"),
          times: 2,
        },
        expect: { ways: "A A" },
      },
    ],
    source: sources.soapDispatcher,
  },
  {
    name: "the session moves to what answers when its endpoint refuses",
    given: bySoap,
    when: [
      { endpoints: all("A", answers({ serviceGroupId: "g1" })), send: { method: "POST", xml: envelope("") } },
      { endpoints: all("A", "refuses"), send: inGroup("g1"), expect: { ways: "A>B" } },
      { endpoints: all("A", "answers"), after: 60_000, send: inGroup("g1"), expect: { ways: "B" } },
    ],
    source: sources.sessionAffinity,
    shows: "sessionMoves",
  },
  {
    name: "two sessions of two endpoints do not cross over",
    given: bySoap,
    when: [
      { endpoints: all("A", answers({ serviceGroupId: "g1" })), send: { method: "POST" }, expect: { ways: "A" } },
      { endpoints: all("B", answers({ serviceGroupId: "g2" })), send: { method: "POST" }, expect: { ways: "B" } },
      { send: inGroup("g1"), expect: { ways: "A" } },
      { send: inGroup("g2"), expect: { ways: "B" } },
      { send: inGroup("g1"), expect: { ways: "A" } },
    ],
    source: sources.soapDispatcher,
  },
];

/** Clients that are known by an id of theirs or of the endpoint's, which the gateway remembers. */
export const sessionsById: CaseGroup[] = [
  { title: "Sessions: Client ID", cases: clientIdCases },
  { title: "Sessions: SOAP", cases: soapCases },
];
