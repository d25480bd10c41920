import type { Random } from "./random.ts";
import { type BodyKind, readRequest, readResponse } from "./reference.ts";

/** Parts that messages are put together from: right ones, and those that tempt two readers to see different things. */
const methods = ["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "get", "PURGE", "G E T", "", "GET\t"] as const;
const targets = [
  "/shop/1.0.0/a",
  "/shop/1.0.0/a?b=c&apikey=x",
  "/",
  "*",
  "http://x/a",
  "/a#b",
  "/ä",
  "/a b",
  "//x",
  "/%2e%2e/%00",
  "",
] as const;
const versions = [
  "HTTP/1.1",
  "HTTP/1.1",
  "HTTP/1.0",
  "HTTP/1.2",
  "HTTP/2.0",
  "http/1.1",
  "HTTP/1.1 ",
  "HTTP/11",
] as const;
const ends = ["\r\n", "\n", "\r", "\r\r\n", "\r\n ", " \r\n", "\n\r\n", "\0\r\n"] as const;
const names = [
  "Host",
  "Content-Length",
  "Transfer-Encoding",
  "Connection",
  "Expect",
  "Upgrade",
  "TE",
  "Trailer",
  "X-A",
  "Cookie",
  "X-Forwarded-For",
  "apikey",
  "content-length",
  "TRANSFER-ENCODING",
  "Content-Length ",
  "X_B",
  "X\tC",
  "Ä",
  "",
  " X-Folded",
] as const;
const values = [
  "x",
  "x:80",
  "0",
  "5",
  "05",
  "+5",
  "5, 5",
  "0x5",
  "99999999999999999999",
  "chunked",
  "Chunked",
  "xchunked",
  "gzip, chunked",
  "chunked, chunked",
  "\x0bchunked",
  "close",
  "keep-alive",
  "close, x-a",
  "upgrade",
  "100-continue",
  "",
  " \t ",
  "a\x01b",
  "a\x7fb",
  "ÿ",
  "a/b",
  "a@b",
] as const;
const reasons = ["OK", "", "Not Found", "Ä", "a\x01b", "OK\tx"] as const;
const statuses = ["200", "204", "304", "100", "101", "103", "404", "500", "999", "099", "20", "2000", "20x"] as const;

/** A head that is right more often than not. */
export function requestHead(random: Random): string {
  const line = [
    random.once(6) ? random.pick(methods) : random.pick(["GET", "POST"]),
    random.once(6) ? random.pick(targets) : "/shop/1.0.0/a",
    random.once(8) ? random.pick(versions) : "HTTP/1.1",
  ].join(random.once(40) ? "  " : " ");
  const host = random.once(12) ? "" : `Host: x${end(random)}`;
  return line + end(random) + host + fields(random) + end(random);
}

/** A response's head that is right more often than not. */
export function responseHead(random: Random): string {
  const version = random.once(8) ? random.pick(versions) : "HTTP/1.1";
  const status = random.once(4) ? random.pick(statuses) : "200";
  const reason = random.once(4) ? random.pick(reasons) : "OK";
  return `${version} ${status} ${reason}${end(random)}${fields(random)}${end(random)}`;
}

/** A chunked body that is right more often than not. */
export function chunkedBody(random: Random): string {
  let text = "";
  for (let count = random.below(4); count > 0; count -= 1) {
    const data = "abcdefghijklmnopqrstuvwxyz".slice(0, 1 + random.below(20));
    const size = random.once(12)
      ? random.pick(["", "+3", "0x3", "g", " 3", "3 ", "ffffffffffffff", "-1"])
      : data.length.toString(16);
    const extension = random.once(6)
      ? random.pick([
          ";a=b",
          ";a",
          ";",
          ";;",
          "; a=b",
          ";a =b",
          ";=b",
          ";a=",
          ';a="b c"',
          ';a="b',
          ";a=b;c",
          ";a=b;",
          `;${"x".repeat(300)}`,
          ";a\x01",
          " ;a",
        ])
      : "";
    text += size + extension + end(random) + data + end(random);
  }
  const trailers = random.once(5) ? fields(random) : "";
  return `${text}${random.once(10) ? random.pick(["00", "0;x", "", "0 "]) : "0"}${end(random)}${trailers}${end(random)}`;
}

/** Damages a text here and there: an octet changed, left out, put in or said twice. */
export function damaged(random: Random, text: string): string {
  let result = text;
  for (let count = random.below(3); count > 0 && result.length > 0; count -= 1) {
    const at = random.below(result.length);
    const length = random.below(8);
    switch (random.below(4)) {
      case 0:
        result = result.slice(0, at) + String.fromCharCode(random.below(256)) + result.slice(at + 1);
        break;
      case 1:
        result = result.slice(0, at) + result.slice(at + length);
        break;
      case 2:
        result = result.slice(0, at) + result.slice(at, at + length) + result.slice(at);
        break;
      default:
        result = result.slice(0, at) + random.pick(ends) + result.slice(at);
    }
  }
  return result;
}

/** Requests one after the other on one connection, with their bodies. */
export function requests(random: Random): string {
  let text = "";
  for (let count = 1 + random.below(3); count > 0; count -= 1) {
    const head = requestHead(random);
    const read = readRequest(head);
    text += head + (read.kind === "request" ? bodyFor(random, read.body) : "");
  }
  return random.once(2) ? damaged(random, text) : text;
}

/** An answer with what may come before it, and its body. */
export function responses(random: Random): string {
  const early = random.once(6)
    ? `HTTP/1.1 ${random.pick(["100 Continue", "103 Early Hints", "102 x"])}\r\nA: b\r\n\r\n`
    : "";
  const head = responseHead(random);
  const read = readResponse(head);
  const body =
    read.kind === "response" && read.body.kind !== "until-close" ? bodyFor(random, read.body) : "until the end";
  const more = random.once(10) ? "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil" : "";
  const text = early + head + body + more;
  return random.once(3) ? damaged(random, text) : text;
}

function bodyFor(random: Random, body: BodyKind): string {
  switch (body.kind) {
    case "none":
      return "";
    case "length":
      return "x".repeat(Math.max(0, Math.min(body.length, 100) + (random.once(20) ? random.below(3) - 1 : 0)));
    case "chunked":
      return chunkedBody(random);
  }
}

function fields(random: Random): string {
  let text = "";
  for (let count = random.below(5); count > 0; count -= 1) {
    const colon = random.once(20) ? random.pick([":", " : ", "", ":\t", "::"]) : ": ";
    text += random.pick(names) + colon + random.pick(values) + end(random);
  }
  return text;
}

function end(random: Random): string {
  return random.once(60) ? random.pick(ends) : "\r\n";
}
