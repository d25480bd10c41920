import { all, hostile, requests } from "../behaviours.ts";
import type { CaseGroup, ClientRequest, ClientView, ConformanceCase } from "../case.ts";
import type { HostileBehaviour } from "../hostile-behaviours.ts";
import { type Source, sources } from "../sources.ts";

/** A, which is hostile, has little time; B, which is not, has enough on any machine. */
const durations = { A: { responseTimeoutMs: 400 }, B: { responseTimeoutMs: 20_000 } };

/** No answer can be made of what A says: the request goes on to B, and A is suspended. */
const failing: readonly [HostileBehaviour, string, Source][] = [
  ["sends half a head and nothing more", "101504", sources.messageFormat],
  ["sends half a head and closes", "101505", sources.incomplete],
  ["resets a connection once it stands", "101500", sources.persistence],
  ["closes its side and keeps reading", "101505", sources.persistence],
  ["tells two Content-Lengths", "101506", sources.bodyLength],
  ["tells a Content-Length that is no number", "101506", sources.bodyLength],
  ["tells a negative Content-Length", "101506", sources.bodyLength],
  ["tells Content-Length and chunked", "101506", sources.bodyLength],
  ["sends 100,000 header fields", "101506", sources.messageFormat],
  ["sends a header field of 1 MiB", "101506", sources.messageFormat],
  ["sends a header field without end", "101506", sources.messageFormat],
  ["sends a header field without a colon", "101506", sources.messageFormat],
  ["sends NUL in a header field", "101506", sources.messageFormat],
  ["splits a header field with a bare CR", "101506", sources.messageFormat],
  ["sends 103 and then nothing", "101504", sources.informational],
  ["sends 100 without end", "101504", sources.informational],
  ["switches protocols unasked", "101506", sources.informational],
  ["sends garbage", "101506", sources.messageFormat],
  ["speaks HTTP/2", "101506", sources.messageFormat],
  ["speaks TLS", "101506", sources.messageFormat],
  ["speaks HTTP/0.9", "101506", sources.messageFormat],
  ["sends a status that is none", "101506", sources.statuses],
  ["sends a status of four digits", "101506", sources.statuses],
];

const failed = failing.map(
  ([behaviour, code, source]): ConformanceCase => ({
    name: `${behaviour}: ${code}, and the request goes on`,
    given: { members: "A B", settingsOf: durations },
    when: [
      {
        endpoints: all("A", hostile(behaviour)),
        send: requests(1),
        expect: { ways: "A>B", status: 200, states: { A: "SUSPENDED" }, failures: { A: 1 }, client: { text: "B" } },
      },
      { after: 30_000, endpoints: all("A", "answers"), send: requests(2), expect: { shares: { A: 1, B: 1 } } },
    ],
    source,
    only: "sockets",
  }),
);

/** The head came, so A has answered; what the client gets of the rest is what came, and it can tell. */
const answering: readonly [HostileBehaviour, ClientView, Source, ClientRequest?][] = [
  ["resets in the middle of the body", { isWhole: false, text: "half" }, sources.incomplete],
  ["closes before the Content-Length it told", { isWhole: false, text: "half" }, sources.incomplete],
  ["closes in the middle of a chunk", { isWhole: false, text: "half" }, sources.incomplete],
  ["breaks a chunk's size", { isWhole: false }, sources.incomplete],
  ["tells a chunk larger than any memory", { isWhole: false }, sources.incomplete],
  ["sends more than the Content-Length it told", { isWhole: true, text: "ok" }, sources.bodyLength],
  ["sends a second response nobody asked for", { isWhole: true, text: "ok" }, sources.persistence],
  ["closes its side after the answer and keeps reading", { isWhole: true, text: "ok" }, sources.persistence],
  ["answers before the request is sent", { isWhole: true, text: "ok" }, sources.persistence],
  ["sends its head byte by byte", { isWhole: true, text: "ok" }, sources.messageFormat],
  ["answers 204 with a body", { isWhole: true, text: "", bytes: 0 }, sources.bodyLength],
  ["ends its body with the connection", { isWhole: true, text: "until the end" }, sources.bodyLength],
  ["sends 103 first", { isWhole: true, text: "ok", informational: [103] }, sources.informational],
  ["sends 100 first, unasked", { isWhole: true, text: "ok", informational: [] }, sources.informational],
  ["sends 102 first", { isWhole: true, text: "ok", informational: [102] }, sources.informational],
  ["sends a thousand times 100 first", { isWhole: true, text: "ok", memoryBelow: 100 }, sources.informational],
  ["sends a body of 1 GiB", { isWhole: true, bytes: 1024 * 1024 * 1024, memoryBelow: 300 }, sources.attemptsPage],
  [
    "answers before it has the body, and closes",
    { isWhole: true, text: "no" },
    sources.persistence,
    { method: "POST", bodyBytes: 4 * 1024 * 1024 },
  ],
];

const answered = answering.map(
  ([behaviour, client, source, request = {}]): ConformanceCase => ({
    name: `${behaviour}: ${client.isWhole ? "the client has a whole answer" : "the client's stream breaks"}, A stays ACTIVE`,
    given: { members: "A B", settings: { responseTimeoutMs: 5_000 } },
    when: [
      {
        endpoints: all("A", hostile(behaviour)),
        send: request,
        expect: { ways: "A", states: { A: "ACTIVE" }, failures: { A: 0 }, client },
      },
      {
        endpoints: all("A", "answers"),
        send: requests(2),
        expect: { ways: "B A", client: { text: "A", isWhole: true } },
      },
    ],
    source,
    only: "sockets",
  }),
);

/** Endpoints that do what no HTTP server would. */
export const hostileEndpoints: CaseGroup[] = [
  { title: "Endpoints that make no answer", cases: failed },
  { title: "Endpoints that answer oddly", cases: answered },
];
