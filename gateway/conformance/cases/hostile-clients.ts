import { requests } from "../behaviours.ts";
import type { CaseGroup, ConformanceCase } from "../case.ts";
import { sources } from "../sources.ts";

const host = "Host: gateway\r\n";
const get = `GET {api} HTTP/1.1\r\n${host}`;
const post = `POST {api} HTTP/1.1\r\n${host}`;

/** What leaves open where a request ends, or whom it is for, never reaches an endpoint. */
const ambiguous: readonly [string, string][] = [
  ["two Host fields", `${get}Host: other\r\n\r\n`],
  ["no Host field", "GET {api} HTTP/1.1\r\n\r\n"],
  ["Content-Length and chunks", `${post}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ["two Content-Lengths", `${post}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc`],
  ["the same Content-Length twice", `${post}Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc`],
  ["a negative Content-Length", `${post}Content-Length: -3\r\n\r\n`],
  ["a transfer coding that nobody knows", `${post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
  ["a transfer coding before chunked", `${post}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
  ["a space before a colon", `${get}X-A : b\r\n\r\n`],
  ["a folded line", `${get}X-A: b\r\n c\r\n\r\n`],
  ["a bare CR in a field", `${get}X-A: b\rc: d\r\n\r\n`],
  ["NUL in a field", `${get}X-A: b\0\r\n\r\n`],
  ["the beginning of TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03hello\r\n\r\n"],
];

const tooLarge: readonly [string, string][] = [
  ["a head of more than 16 KiB", `${get}X: ${"y".repeat(17_000)}\r\n\r\n`],
  ["110 header fields", `${get}${Array.from({ length: 110 }, (_, index) => `X-${index}: y\r\n`).join("")}\r\n`],
];

const refused = (
  table: readonly [string, string][],
  status: number,
  source: ConformanceCase["source"],
): ConformanceCase[] =>
  table.map(([what, raw]) => ({
    name: `${what}: ${status}, the connection is closed, and no endpoint hears of it`,
    given: {},
    when: [
      { send: { raw }, expect: { ways: `!${status}`, status, client: { isWhole: true } } },
      { send: requests(1), expect: { ways: "A", status: 200, failures: { A: 0, B: 0, C: 0 } } },
    ],
    source,
    only: "sockets",
  }));

/** Clients that mean to be misunderstood. */
export const hostileClients: CaseGroup[] = [
  {
    title: "Requests that are refused",
    cases: [...refused(ambiguous, 400, sources.requestFrame), ...refused(tooLarge, 431, sources.headTooLarge)],
  },
];
