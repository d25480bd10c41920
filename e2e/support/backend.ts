import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** One request as a backend received it. */
export type ReceivedRequest = { method: string; url: string; headers: IncomingHttpHeaders; body: Buffer };

/** A real HTTP server standing in for a publisher's backend. */
export type Backend = {
  name: string;
  url: string;
  received: ReceivedRequest[];
  /** Closes the port, so that connections are refused. */
  stop(): Promise<void>;
  /** Listens on the same port again. */
  start(): Promise<void>;
};

/**
 * Starts a backend on a free loopback port. It answers every request with its name as JSON and in the header
 * `X-Backend`, unless `answer` says otherwise.
 */
export async function startBackend(
  name: string,
  answer?: (received: ReceivedRequest) => RequestListener,
): Promise<Backend> {
  const received: ReceivedRequest[] = [];
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;

  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const entry = {
        method: request.method ?? "",
        url: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks),
      };
      received.push(entry);
      if (received.length > 10_000) received.shift();
      if (answer) return answer(entry)(request, response);
      response.setHeader("X-Backend", name);
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify({ backend: name, method: entry.method, url: entry.url }));
    });
  };

  const start = async () => {
    const next = createServer(listener);
    next.on("connection", (socket) => {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      next.once("error", reject);
      next.listen(port, "127.0.0.1", resolve);
    });
    port = portOf(next.address());
    server = next;
  };
  const stop = async () => {
    const stopping = server;
    server = undefined;
    if (!stopping) return;
    const closed = new Promise<void>((resolve) => stopping.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };

  await start();
  return { name, url: `http://127.0.0.1:${port}/`, received, start, stop };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("The backend has no TCP port.");
  return address.port;
}
