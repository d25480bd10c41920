import type { IncomingMessage, ServerResponse } from "node:http";
import { groupedFields } from "./headers.ts";

/**
 * Relays an endpoint's response to the client at the client's pace. What breaks after the headers aborts the client's
 * stream and changes nothing else; a stream on which nothing moves in either direction for `idleTimeoutMs` is cut.
 */
export function relayResponse(
  request: IncomingMessage,
  response: ServerResponse,
  upstream: IncomingMessage,
  options: { headers: string[]; idleTimeoutMs: number },
): void {
  if (response.destroyed) {
    upstream.destroy();
    return;
  }
  response.sendDate = false;
  response.writeHead(upstream.statusCode ?? 502, upstream.statusMessage ?? "", options.headers);
  // The head goes out at once: the first byte of the body may be long in coming.
  response.flushHeaders();

  const abort = () => {
    upstream.destroy();
    response.destroy();
  };
  const idle = setTimeout(abort, options.idleTimeoutMs);
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
    finish();
    if (upstream.rawTrailers.length > 0) {
      response.addTrailers(
        groupedFields(upstream.rawTrailers).flatMap(([name, values]) =>
          values.map((value): [string, string] => [name, value]),
        ),
      );
    }
    response.end();
  });
  upstream.once("error", abort);
  upstream.once("close", () => {
    finish();
    if (!upstream.complete) response.destroy();
  });
  response.once("close", () => {
    finish();
    if (!upstream.complete) upstream.destroy();
  });
}
