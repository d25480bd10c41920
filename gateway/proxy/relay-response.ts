import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import { fieldPairs } from "./headers.ts";

/**
 * Relays an endpoint's response to the client at the client's pace. What breaks after the headers aborts the client's
 * stream and changes nothing else; a stream on which nothing moves in either direction for `idleMs` is cut.
 */
export function relayResponse(
  request: IncomingMessage,
  response: ServerResponse,
  upstream: IncomingMessage,
  { headers, idleMs }: { headers: string[]; idleMs: number },
): void {
  if (response.destroyed) {
    upstream.destroy();
    return;
  }
  response.writeHead(upstream.statusCode ?? 502, reasonPhrase(upstream), headers);
  // The head goes out at once: the first byte of the body may be long in coming.
  response.flushHeaders();

  const abort = () => {
    upstream.destroy();
    response.destroy();
  };
  const idle = setTimeout(abort, idleMs);
  const moved = () => idle.refresh();
  const finish = () => {
    clearTimeout(idle);
    request.off("data", moved);
  };
  request.on("data", moved);
  upstream.on("data", (chunk: Buffer) => {
    moved();
    if (!response.write(chunk)) upstream.pause();
  });
  response.on("drain", () => {
    moved();
    upstream.resume();
  });
  upstream.once("end", () => {
    // A connection that broke ends here too, and must not look like a whole response.
    if (!upstream.complete) return;
    if (upstream.rawTrailers.length > 0 && response.chunkedEncoding) {
      response.addTrailers(fieldPairs(upstream.rawTrailers));
    }
    response.end();
  });
  upstream.once("error", abort);
  upstream.once("close", () => {
    if (!upstream.complete) abort();
  });
  response.once("close", () => {
    finish();
    if (!upstream.complete) upstream.destroy();
  });
}

/** The endpoint's own words, unless they hold what a status line may not. RFC 9112 §4. */
export function reasonPhrase({ statusCode, statusMessage = "" }: IncomingMessage): string {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(statusMessage) ? statusMessage : (STATUS_CODES[statusCode ?? 0] ?? "");
}
