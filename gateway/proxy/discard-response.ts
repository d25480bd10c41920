import type { ClientRequest, IncomingMessage } from "node:http";

/** A response that ends within these keeps its connection: reading it costs less than a new one. */
const maxDrainBytes = 64 * 1024;
const maxDrainMs = 1_000;

/** Gives up a response that nobody will get. Its connection is kept for others where the rest is small, else closed. */
export function discardResponse(upstream: ClientRequest, response: IncomingMessage): void {
  // A connection that breaks now harms nobody.
  response.on("error", () => undefined);
  const declaredBytes = Number(response.headers["content-length"] ?? 0);
  if (!upstream.writableFinished || declaredBytes > maxDrainBytes) {
    upstream.destroy();
    return;
  }
  const timer = setTimeout(() => upstream.destroy(), maxDrainMs);
  let bytes = 0;
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxDrainBytes) upstream.destroy();
  });
  for (const event of ["end", "close"]) response.once(event, () => clearTimeout(timer));
}
