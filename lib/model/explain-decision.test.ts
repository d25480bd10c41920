import { describe, expect, it } from "vitest";
import {
  type AttemptRecord,
  type DecisionRecord,
  noRetryReasons,
  passedByReasons,
  refusalReasons,
} from "./decision-record.ts";
import { explainDecision, failureReason, msWords } from "./explain-decision.ts";

const endpoint = { id: "a", origin: "http://a.test" };
const attempt: AttemptRecord = {
  ...{ outcome: "success", status: 200, code: null, wasSent: null, isStale: false, isReused: false },
  ...{ connectMs: 1, durationMs: 5 },
};
const record: DecisionRecord = {
  ...{ requestId: "r", sameId: null, gatewayId: "g", at: "2030-01-01T00:00:00.000Z", durationMs: 6 },
  ...{ kind: "request", method: "GET", path: "/shop", isPathCut: false },
  route: { apiId: "1", name: "Shop", context: "/shop", version: "2", revision: 3 },
  key: { given: "try-out", type: "sandbox" },
  token: null,
  limit: null,
  operation: null,
  endpointSecurity: null,
  group: null,
  session: null,
  rounds: [],
  leftOut: 0,
  answer: { status: 200, code: null, isWhole: true },
  noRetry: null,
  refusal: null,
};

const explain = (changes: Partial<DecisionRecord>) => explainDecision({ ...record, ...changes }).join("\n");
const explainAttempt = (changes: Partial<AttemptRecord>) => {
  const chosen = { ...endpoint, viaSession: false, probing: false };
  return explain({ rounds: [{ atMs: 0, passedBy: [], chosen, attempts: [{ ...attempt, ...changes }] }] });
};

describe("the explanation of a decision", () => {
  it("has words for every code there is", () => {
    const texts = [
      ...passedByReasons.map((reason) =>
        explain({ rounds: [{ atMs: 0, passedBy: [{ endpoint, reason, until: null }], chosen: null, attempts: [] }] }),
      ),
      ...noRetryReasons.map((noRetry) => explain({ noRetry })),
      ...refusalReasons.map((refusal) => explain({ refusal, answer: { status: 503, code: "1", isWhole: true } })),
    ];
    expect(new Set(texts).size).toBe(passedByReasons.length + noRetryReasons.length + refusalReasons.length);
    for (const text of texts) expect(text).not.toMatch(/undefined|null|NaN|\[object/);
  });

  it.each<[string, Partial<AttemptRecord>]>([
    ["http://a.test answered with 200 (5 ms, 1 ms to connect).", {}],
    ["answered with 503, after which another endpoint is tried (5 ms", { outcome: "passed-on", status: 503 }],
    [
      "failed with 101503 Connection failed; nothing had been sent",
      { outcome: "error", code: "101503", wasSent: false },
    ],
    [
      "failed with 101504 Connection timed out; the endpoint may have got",
      { outcome: "error", code: "101504", wasSent: true },
    ],
    [
      "for which nobody is to blame (5 ms, on a kept",
      { outcome: "error", code: "101505", isStale: true, isReused: true },
    ],
    ["ended without a result", { outcome: "void" }],
  ])("says of an attempt: %s", (words, changes) => {
    expect(explainAttempt(changes)).toContain(words);
  });

  it.each<[string, Partial<DecisionRecord>]>([
    [
      "No API answers at this path.",
      { route: null, refusal: "no-api", answer: { status: 404, code: "404", isWhole: true } },
    ],
    ["with a try-out key, which leads to the sandbox endpoints", {}],
    [
      "The token was refused: it expired 3 min ago, by the clock of gateway g.",
      { key: { given: "token", type: null }, token: { reason: "expired", offByMs: 185_000 } },
    ],
    [
      "The token was refused: it was issued by somebody else.",
      { key: { given: "token", type: null }, token: { reason: "issuer", offByMs: null } },
    ],
    [
      "without a key or a token.\nThe API takes tokens, and none came",
      { key: { given: "none", type: null }, token: { reason: "missing", offByMs: null } },
    ],
    ["with a token, which leads to the sandbox endpoints", { key: { given: "token", type: "sandbox" } }],
    ["without a key, and the API needs one", { key: { given: "none", type: null } }],
    ["with an API key that is not valid here", { key: { given: "apikey", type: null } }],
    ["The client left after 6 ms", { answer: { status: 499, code: null, isWhole: false } }],
    ["but not all of it", { answer: { status: 200, code: null, isWhole: false } }],
    ["The endpoint agreed to the upgrade", { kind: "upgrade", answer: { status: 101, code: null, isWhole: true } }],
    [
      "The gateway answered 502 with code 101500 after 6 ms: Sender I/O error while sending.",
      { answer: { status: 502, code: "101500", isWhole: true } },
    ],
    ["3 requests with this id are kept", { sameId: 3 }],
    ["7 more members and attempts", { leftOut: 7 }],
  ])("says: %s", (words, changes) => {
    expect(explain(changes)).toContain(words);
  });

  it.each([
    ["no session management", { kind: "none" }],
    ["the client named no session", {}],
    ["new, expired or another group's", { isNamed: true }],
    ["bound to http://a.test.", { isNamed: true, isFound: true, boundEndpoint: endpoint }],
    ["from now on to the endpoint that answered", { isFound: true, boundEndpoint: endpoint, isRebound: true }],
    ["an endpoint that is gone (b)", { isFound: true, boundEndpoint: { id: "b", origin: null } }],
  ] as const)("says of a session: %s", (words, changes) => {
    const session = {
      kind: "transport",
      isNamed: false,
      isFound: false,
      boundEndpoint: null,
      isRebound: false,
    } as const;
    expect(explain({ session: { ...session, ...changes } })).toContain(words);
  });
});

it.each([
  [0, "0 ms"],
  [0.04, "0 ms"],
  [2.34, "2.3 ms"],
  [9.97, "10 ms"],
  [999.4, "999 ms"],
  [3_249, "3.2 s"],
])("%d ms reads %s", (ms, words) => {
  expect(msWords(ms)).toBe(words);
});

describe("the reason of a failure", () => {
  const chosen = { ...endpoint, viaSession: false, probing: false };
  const tried = (changes: Partial<AttemptRecord>) => [
    { atMs: 0, passedBy: [], chosen, attempts: [{ ...attempt, ...changes }] },
  ];
  const answered = (status: number, code: string | null = null) => ({ answer: { status, code, isWhole: true } });

  it.each<[string | null, Partial<DecisionRecord>]>([
    [null, { ...answered(404), rounds: tried({ status: 404 }) }],
    ["The client left before there was an answer.", { ...answered(499), rounds: tried({ outcome: "void" }) }],
    ["The key is missing.", { ...answered(401, "900902"), refusal: "key-missing" }],
    ["http://a.test answered with 503.", { ...answered(503), rounds: tried({ outcome: "passed-on", status: 503 }) }],
    [
      "http://a.test failed with 101503 Connection failed; nothing had been sent.",
      { ...answered(502, "101503"), rounds: tried({ outcome: "error", code: "101503", wasSent: false }) },
    ],
    ["Connection closed.", answered(502, "101505")],
  ])("is %j", (reason, changes) => expect(failureReason({ ...record, ...changes })).toBe(reason));
});
