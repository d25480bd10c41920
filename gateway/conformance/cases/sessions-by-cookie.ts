import { all, answers, requests } from "../behaviours.ts";
import type { CaseGroup, ClientRequest, ConformanceCase } from "../case.ts";
import { sources } from "../sources.ts";

const transport = { session: { kind: "transport" } } as const;

const clientId = (id: string, times = 1): ClientRequest & { times: number } => ({ headers: { ClientID: id }, times });
const cookie = (value: string): ClientRequest => ({ headers: { Cookie: value } });

const none: ConformanceCase[] = [
  {
    name: "None binds nobody, sets no cookie and reads no ClientID",
    given: {},
    when: [
      { send: { client: "c", ...clientId("c1", 3) }, expect: { ways: "A B C", setsCookie: false } },
      { send: { client: "c" }, expect: { ways: "A" } },
    ],
    source: sources.loadBalance,
  },
];

const transportCases: ConformanceCase[] = [
  {
    name: "the first response gives a cookie; a hundred more requests with it go to A, those without it on to B C A",
    given: transport,
    when: [
      { send: { client: "c" }, expect: { ways: "A", setsCookie: true } },
      { send: { client: "c", times: 100 }, expect: { shares: { A: 100 } } },
      { send: requests(3), expect: { ways: "B C A" } },
    ],
    source: sources.httpDispatcher,
  },
  {
    name: "the cookie is bound to the endpoint that answered, not to the one that failed",
    given: transport,
    when: [
      { endpoints: all("A", "refuses"), send: { client: "c" }, expect: { ways: "A>B", setsCookie: true } },
      { send: { client: "c", times: 3 }, expect: { ways: "B B B" } },
    ],
    source: sources.sessionAffinity,
  },
  {
    name: "a cookie that was tampered with is ignored and replaced",
    given: transport,
    when: [
      {
        send: { client: "c", ...cookie("FAIRLEAD_SESSION=AAAA.QQ.zzzzzzzz.AAAAAAAAAAAAAAAAAAAAAA") },
        expect: { ways: "A", setsCookie: true },
      },
      { send: { client: "c", times: 2 }, expect: { ways: "A A" } },
    ],
    source: sources.sessionsPage,
  },
  {
    name: "a cookie that is nonsense is ignored",
    given: transport,
    when: [{ send: cookie("FAIRLEAD_SESSION=%%%~..~.;;; FAIRLEAD_SESSION"), expect: { ways: "A", setsCookie: true } }],
    source: sources.sessionsPage,
  },
  {
    name: "the time counts from the last use",
    given: { session: { kind: "transport", timeoutMs: 10_000 } },
    when: [
      { send: { client: "c" }, expect: { ways: "A" } },
      { after: 9_000, send: { client: "c" }, expect: { ways: "A", setsCookie: true } },
      { after: 9_999, send: { client: "c" }, expect: { ways: "A" } },
      { after: 10_000, send: { client: "c" }, expect: { ways: "B", setsCookie: true } },
    ],
    source: sources.sessions,
    shows: "sessionFromLastUse",
  },
  {
    name: "a response within the same second does not renew the cookie",
    given: transport,
    when: [
      { send: { client: "c" }, expect: { setsCookie: true } },
      { after: 500, send: { client: "c" }, expect: { ways: "A", setsCookie: false } },
      { after: 600, send: { client: "c" }, expect: { ways: "A", setsCookie: true } },
    ],
    source: sources.sessionsPage,
  },
  {
    name: "its endpoint is suspended: the session goes on at B and stays there after A is back",
    given: transport,
    when: [
      { send: { client: "c" }, expect: { ways: "A" } },
      { endpoints: all("A", "refuses"), send: { client: "c" }, expect: { ways: "A>B", setsCookie: true } },
      { endpoints: all("A", "answers"), after: 60_000, send: { client: "c", times: 3 }, expect: { ways: "B B B" } },
    ],
    source: sources.sessionAffinity,
    shows: "sessionMoves",
  },
  {
    name: "failover off, its endpoint not ready: 309001 with Retry-After, and the binding stays",
    given: { ...transport, failover: false },
    when: [
      { send: { client: "c" }, expect: { ways: "A" } },
      { endpoints: all("A", "refuses"), send: { client: "c" }, expect: { ways: "A!101503" } },
      { after: 10_000, send: { client: "c" }, expect: { ways: "!309001", status: 503, retryAfter: 20 } },
      { after: 20_000, endpoints: all("A", "answers"), send: { client: "c" }, expect: { ways: "A" } },
    ],
    source: sources.sessionAffinity,
  },
  {
    name: "failover off, its endpoint fails: the attempt's code, nobody else is tried",
    given: { ...transport, failover: false },
    when: [
      { send: { client: "c" }, expect: { ways: "A" } },
      { endpoints: all("A", "resets"), send: { client: "c" }, expect: { ways: "A!101500", states: { B: "ACTIVE" } } },
    ],
    source: sources.sessionAffinity,
  },
  {
    name: "two clients have sessions of their own",
    given: transport,
    when: [
      { send: { client: "one" }, expect: { ways: "A" } },
      { send: { client: "two" }, expect: { ways: "B" } },
      { send: { client: "one", times: 2 }, expect: { ways: "A A" } },
      { send: { client: "two", times: 2 }, expect: { ways: "B B" } },
    ],
    source: sources.httpDispatcher,
  },
  ...["JSESSIONID", "PHPSESSID"].map(
    (name): ConformanceCase => ({
      name: `a client that keeps only the backend's ${name} stays at its endpoint`,
      given: transport,
      when: [
        {
          endpoints: all("A", answers({ setCookies: [`${name}=s1; Path=/`] })),
          send: requests(1),
          expect: { ways: "A" },
        },
        { send: { ...cookie(`${name}=s1`), times: 3 }, expect: { ways: "A A A" } },
      ],
      source: sources.httpDispatcher,
    }),
  ),
  {
    name: "the backend's session cookie is found among other cookies, in any order",
    given: transport,
    when: [
      {
        endpoints: all("A", answers({ setCookies: ["theme=dark", "JSESSIONID=s1; Path=/; HttpOnly", "lang=en"] })),
        send: requests(1),
        expect: { ways: "A" },
      },
      { send: { ...cookie("lang=en; JSESSIONID=s1; theme=dark"), times: 2 }, expect: { ways: "A A" } },
    ],
    source: sources.httpDispatcher,
  },
  {
    name: "a session id that the backend rotates is bound again to the same endpoint",
    given: transport,
    when: [
      { endpoints: all("A", answers({ setCookies: ["JSESSIONID=s1"] })), send: requests(1), expect: { ways: "A" } },
      { endpoints: all("A", answers({ setCookies: ["JSESSIONID=s2"] })), send: cookie("JSESSIONID=s1") },
      { send: { ...cookie("JSESSIONID=s2"), times: 2 }, expect: { ways: "A A" } },
    ],
    source: sources.httpDispatcher,
  },
  {
    name: "a session cookie that is unknown binds nobody",
    given: transport,
    when: [{ send: { ...cookie("JSESSIONID=unknown"), times: 3 }, expect: { ways: "A B C" } }],
    source: sources.httpDispatcher,
  },
  {
    name: "a session cookie that is unknown reaches the endpoint as it is",
    given: transport,
    when: [
      {
        send: cookie("theme=dark; JSESSIONID=unknown; PHPSESSID=p1"),
        expect: { ways: "A", cookieAt: "theme=dark; JSESSIONID=unknown; PHPSESSID=p1" },
      },
    ],
    source: sources.cookies,
    shows: "unknownCookieStays",
    only: "sockets",
  },
  {
    name: "the gateway's own cookie is not forwarded, what stands beside it is",
    given: transport,
    when: [
      { send: { client: "c" }, expect: { ways: "A", setsCookie: true } },
      { send: { client: "c", ...cookie("theme=dark") }, expect: { ways: "A", cookieAt: "theme=dark" } },
    ],
    source: sources.sessionsPage,
    only: "sockets",
  },
  {
    name: "the gateway's cookie wins over the backend's",
    given: transport,
    when: [
      { endpoints: all("A", answers({ setCookies: ["JSESSIONID=s1"] })), send: requests(1), expect: { ways: "A" } },
      { endpoints: all("A", "answers"), send: { client: "c" }, expect: { ways: "B" } },
      { send: { client: "c", ...cookie("JSESSIONID=s1") }, expect: { ways: "B" } },
    ],
    source: sources.sessionsPage,
  },
];

/** Clients that are known by a cookie, or not at all. */
export const sessionsByCookie: CaseGroup[] = [
  { title: "Sessions: None", cases: none },
  { title: "Sessions: Transport", cases: transportCases },
];
