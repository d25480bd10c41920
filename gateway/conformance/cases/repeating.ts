import { all } from "../behaviours.ts";
import type { CaseGroup, ClientRequest, ConformanceCase } from "../case.ts";
import { sources } from "../sources.ts";

const key = { "Idempotency-Key": "order-4711" };
const body = 64 * 1024;

const afterBytes: readonly [string, ClientRequest, boolean][] = [
  ["a GET", {}, true],
  ["a HEAD", { method: "HEAD" }, true],
  ["an OPTIONS", { method: "OPTIONS" }, true],
  ["a TRACE", { method: "TRACE" }, true],
  ["a PUT with 64 KiB", { method: "PUT", bodyBytes: body }, true],
  ["a DELETE", { method: "DELETE" }, true],
  ["a POST with 64 KiB", { method: "POST", bodyBytes: body }, false],
  ["a POST without a body", { method: "POST" }, false],
  ["a PATCH", { method: "PATCH", bodyBytes: body }, false],
  ["a method that nobody knows", { method: "PROPPATCH" }, false],
  ["a POST with an Idempotency-Key", { method: "POST", bodyBytes: body, headers: key }, true],
  ["a PATCH with an Idempotency-Key", { method: "PATCH", bodyBytes: body, headers: key }, true],
];

/** A has taken the whole request and resets the connection. */
const onceSent = afterBytes.map(([what, request, goesOn]): ConformanceCase => {
  return {
    name: `once bytes were sent, ${what} ${goesOn ? "goes on to B" : "is not tried again, and B is not contacted"}`,
    given: { members: "A B" },
    when: [
      {
        endpoints: all("A", "resets"),
        send: request,
        expect: goesOn ? { ways: "A>B", status: 200 } : { ways: "A!101500", status: 502 },
      },
    ],
    source: sources.idempotence,
    ...(goesOn ? {} : { shows: "idempotence" as const }),
  };
});

const bodies: ConformanceCase[] = [
  {
    name: "a PUT with 64 KiB reaches B byte for byte after A has taken all of it and reset",
    given: { members: "A B" },
    when: [
      {
        endpoints: all("A", "resets"),
        send: { method: "PUT", bodyBytes: body },
        expect: { ways: "A>B", bodyAt: "A B" },
      },
    ],
    source: sources.attemptsPage,
    only: "sockets",
  },
  {
    name: "a POST with 64 KiB that A has taken and reset is at A alone",
    given: { members: "A B" },
    when: [
      {
        endpoints: all("A", "resets"),
        send: { method: "POST", bodyBytes: body },
        expect: { ways: "A!101500", bodyAt: "A" },
      },
    ],
    source: sources.idempotence,
    shows: "idempotence",
    only: "sockets",
  },
  {
    name: "a body of 1 MiB is kept for the second attempt",
    given: { members: "A B" },
    when: [
      {
        endpoints: all("A", "resets"),
        send: { method: "PUT", bodyBytes: 1024 * 1024 },
        expect: { ways: "A>B", bodyAt: "A B" },
      },
    ],
    source: sources.attemptsPage,
    only: "sockets",
  },
  {
    name: "a body above 1 MiB streams, and is not tried again once it has gone",
    given: { members: "A B" },
    when: [
      {
        endpoints: all("A", "resets"),
        send: { method: "PUT", bodyBytes: 1024 * 1024 + 1 },
        expect: { ways: "A!101500", status: 502, bodyAt: "A" },
      },
    ],
    source: sources.attemptsPage,
    only: "sockets",
  },
  {
    name: "a body above 1 MiB goes on whole when the first endpoint refuses the connection",
    given: { members: "A B" },
    when: [
      {
        endpoints: all("A", "refuses"),
        send: { method: "POST", bodyBytes: 3 * 1024 * 1024 },
        expect: { ways: "A>B", bodyAt: "B" },
      },
    ],
    source: sources.attemptsPage,
    only: "sockets",
  },
  {
    name: "a body is never refused for being large: 100 MiB stream through in bounded memory",
    given: { members: "A B" },
    when: [
      {
        send: { method: "POST", bodyBytes: 100 * 1024 * 1024 },
        expect: { ways: "A", status: 200, bodyAt: "A", client: { memoryBelow: 200 } },
      },
    ],
    source: sources.attemptsPage,
    only: "sockets",
  },
];

/** Whether a request may reach two endpoints, and what the second one gets. */
export const repeating: CaseGroup[] = [
  { title: "Trying again: idempotence", cases: onceSent },
  { title: "Trying again: bodies", cases: bodies },
];
