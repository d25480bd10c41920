import type { Server } from "node:http";
import type { Socket } from "node:net";
import type { ExchangeContext } from "../proxy/exchange-context.ts";
import { ClientLink } from "./client-link.ts";
import { Deadlines } from "./deadlines.ts";
import { readDirectly } from "./direct-reads.ts";
import { HeadPool } from "./head-pool.ts";
import { OctetPool } from "./octet-pool.ts";
import { UpstreamPool } from "./upstream-pool.ts";
import type { WireContext } from "./wire-context.ts";

/**
 * Stands in front of Node's HTTP server: ordinary requests are served here, octet by octet; a connection whose next request
 * is not one of them goes on to Node's server, as if it had just been accepted, for the rest of its life.
 */
export class WirePath {
  readonly #context: WireContext;
  readonly #deadlines: Deadlines;
  readonly #pool: UpstreamPool;
  readonly #links = new Set<ClientLink>();

  readonly #onSocket: (socket: Socket) => void;

  /** @param onSocket told of every connection, whoever serves it */
  constructor(context: ExchangeContext, server: Server, onSocket: (socket: Socket) => void) {
    this.#onSocket = onSocket;
    this.#deadlines = new Deadlines();
    this.#pool = new UpstreamPool(this.#deadlines);
    context.openRequests.alsoAsk((endpoint) => this.#pool.usersOf(endpoint));
    this.#context = {
      ...context,
      pool: this.#pool,
      deadlines: this.#deadlines,
      heads: new HeadPool(),
      octets: new OctetPool(),
      date: dateField(context.wallClock),
    };
    const serveByNode = server.listeners("connection");
    server.removeAllListeners("connection");
    server.on("connection", (accepted: Socket) =>
      this.#accept(accepted, (socket) => {
        for (const serve of serveByNode) serve.call(server, socket);
      }),
    );
  }

  /** Closes connections that carry no request; the others end with their response. */
  closeIdle(): void {
    for (const link of this.#links) link.closeIfIdle();
  }

  /** Breaks off what is left. */
  close(): void {
    for (const link of this.#links) link.abort();
    this.#pool.close();
    this.#deadlines.close();
  }

  #accept(accepted: Socket, serveByNode: (socket: Socket) => void): void {
    const direct = readDirectly(accepted, (buffer, bytes) => link.take(Buffer.from(buffer.subarray(0, bytes))));
    const socket = direct?.socket ?? accepted;
    if (!direct) socket.on("data", (octets: Buffer) => link.take(octets));
    const handOver = (read: Buffer) => {
      direct?.becomeStream();
      socket.removeAllListeners("data");
      socket.pause();
      socket.unshift(read);
      serveByNode(socket);
      socket.resume();
    };
    const link = new ClientLink(socket, this.#context, handOver, (gone) => {
      this.#links.delete(gone);
      this.#deadlines.delete(gone);
    });
    this.#links.add(link);
    this.#deadlines.add(link);
    this.#onSocket(socket);
  }
}

/** The Date field, made once a second. */
function dateField(wallClock: () => number): () => string {
  let second = -1;
  let field = "";
  return () => {
    const now = Math.floor(wallClock() / 1_000);
    if (now !== second) {
      second = now;
      field = `Date: ${new Date(now * 1_000).toUTCString()}\r\n`;
    }
    return field;
  };
}
