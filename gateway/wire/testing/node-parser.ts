import { createServer, type IncomingMessage } from "node:http";
import { Duplex } from "node:stream";

/** What Node's own parser, llhttp, makes of a request. */
export type NodeReading =
  | { kind: "request"; method: string; target: string; rawHeaders: string[]; body: string }
  | { kind: "refused"; code: string }
  | { kind: "nothing" };

/** A connection on which nothing more is said, and nothing is heard. */
class Said extends Duplex {
  constructor(octets: Buffer) {
    super();
    this.push(octets);
  }
  override _read(): void {}
  override _write(_chunk: unknown, _encoding: string, done: () => void): void {
    done();
  }
}

/** What has not been read by then is not going to be, ms. */
const patienceMs = 200;

/** Lets Node's HTTP server read octets as if they had come from a client; the first request that it finds. */
export function readWithNode(octets: Buffer): Promise<NodeReading> {
  return new Promise((resolve) => {
    const server = createServer({ requireHostHeader: false, maxHeaderSize: 16 * 1024 });
    const onRequest = async (request: IncomingMessage) => {
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk);
        const { method = "", url: target = "", rawHeaders } = request;
        resolve({ kind: "request", method, target, rawHeaders, body: Buffer.concat(chunks).toString("latin1") });
      } catch {
        resolve({ kind: "refused", code: "aborted" });
      }
    };
    server.on("request", onRequest).on("checkContinue", onRequest).on("checkExpectation", onRequest);
    for (const event of ["upgrade", "connect"]) server.on(event, () => resolve({ kind: "nothing" }));
    const socket = new Said(octets);
    server.on("clientError", (error: Error & { code?: string }) => {
      resolve({ kind: "refused", code: error.code ?? "" });
      socket.destroy();
    });
    setTimeout(() => resolve({ kind: "nothing" }), patienceMs);
    socket.on("error", () => undefined);
    server.emit("connection", socket);
  });
}
