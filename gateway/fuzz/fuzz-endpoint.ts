import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { type BodyKind, readChunks, readRequest } from "./reference.ts";

/** A request as it stood on the wire at the endpoint. */
export type SeenRequest = { method: string; target: string; fields: [string, string][]; body: string };

/** What the endpoint says to a request: octets, one character for each; then it may close the connection. */
export type Answering = (request: SeenRequest) => { octets: string; closes: boolean };

/**
 * An endpoint that reads with the reference alone, and remembers what reached it. Whatever is no request for the
 * reference is a fault of the gateway, whoever sent it.
 */
export class FuzzEndpoint {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #answering: Answering;
  /** Told of each request once it is whole. */
  readonly #onSeen: (request: SeenRequest) => void;
  /** Octets that are no request, of a connection that the gateway opened. */
  readonly faults: string[] = [];

  constructor(answering: Answering, onSeen: (request: SeenRequest) => void = () => undefined) {
    this.#answering = answering;
    this.#onSeen = onSeen;
    this.#server = createServer({ noDelay: true }, (socket) => this.#serve(socket));
  }

  async listen(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("a TCP address was expected");
    return `http://127.0.0.1:${address.port}`;
  }

  async close(): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, "close");
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    let unread = "";
    socket.setEncoding("latin1");
    socket.on("data", (octets: string) => {
      unread += octets;
      for (;;) {
        const read = wholeRequest(unread);
        if (read === "incomplete") return;
        if (read === "refused") {
          this.faults.push(unread);
          socket.destroy();
          return;
        }
        unread = read.rest;
        this.#onSeen(read.request);
        const { octets, closes } = this.#answering(read.request);
        socket.write(octets, "latin1");
        if (closes) socket.end();
      }
    });
    socket.on("error", () => undefined);
    socket.once("close", () => this.#sockets.delete(socket));
  }
}

/** The first request of a text with its body. */
export function wholeRequest(text: string): { request: SeenRequest; rest: string } | "refused" | "incomplete" {
  const read = readRequest(text, true);
  if (read.kind === "incomplete") return "incomplete";
  // The gateway has no reason to send anything but plain requests.
  if (read.kind !== "request") return "refused";
  const body = bodyAt(read.rest, read.body);
  if (typeof body === "string") return body;
  const { method, target, fields } = read;
  return { request: { method, target, fields, body: body.octets }, rest: read.rest.slice(body.octets.length) };
}

/** The octets of a body at the beginning of a text. */
export function bodyAt(text: string, body: BodyKind): { octets: string } | "refused" | "incomplete" {
  switch (body.kind) {
    case "none":
      return { octets: "" };
    case "length":
      return text.length < body.length ? "incomplete" : { octets: text.slice(0, body.length) };
    case "chunked":
      return readChunks(text);
  }
}
