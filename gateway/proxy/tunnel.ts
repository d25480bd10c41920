import type { Duplex } from "node:stream";

/** One side of a tunnel, with what has already been read from it. */
export type TunnelSide = { stream: Duplex; head: Buffer };

/** Two connections become one, until either ends or nothing has moved in either direction for `idleMs`. */
export function joinStreams(client: TunnelSide, upstream: TunnelSide, idleMs: number): void {
  if (upstream.head.length > 0) client.stream.write(upstream.head);
  if (client.head.length > 0) upstream.stream.write(client.head);
  const end = () => {
    clearTimeout(idle);
    client.stream.destroy();
    upstream.stream.destroy();
  };
  const idle = setTimeout(end, idleMs);
  for (const { stream } of [client, upstream]) {
    stream.on("data", () => idle.refresh());
    stream.on("error", end);
    stream.on("close", end);
  }
  client.stream.pipe(upstream.stream);
  upstream.stream.pipe(client.stream);
}
