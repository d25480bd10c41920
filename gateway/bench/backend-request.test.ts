import { expect, it } from "vitest";
import { BackendRequests } from "./backend-request.ts";

const body = "y".repeat(20);
const stream = [
  "GET /1k HTTP/1.1\r\nHost: a\r\n\r\n",
  `POST /1k HTTP/1.1\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  `POST /64k HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n14\r\n${body}\r\n0\r\n\r\n`,
  "GET /64k HTTP/1.1\r\nHost: a\r\n\r\n",
].join("");

it.each([[1], [7], [31], [1_000]])("finds every request once, whatever its body and in pieces of %d octets", (size) => {
  const found: boolean[] = [];
  const requests = new BackendRequests(({ isLarge }) => found.push(isLarge));
  for (let at = 0; at < stream.length; at += size) requests.push(Buffer.from(stream.slice(at, at + size)));
  expect(found).toEqual([false, false, true, true]);
});

it("waits for the end of a body", () => {
  const found: boolean[] = [];
  const requests = new BackendRequests(({ isLarge }) => found.push(isLarge));
  requests.push(Buffer.from(stream.slice(0, stream.indexOf(body) + 5)));
  expect(found).toHaveLength(1);
});
