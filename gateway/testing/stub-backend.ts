import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createRawServer, type Socket, type Server as TcpServer } from "node:net";

/** A request as the backend got it. */
export type RecordedRequest = {
  method: string;
  url: string;
  /** Flat list of names and values, as they came. */
  rawHeaders: string[];
  headers: IncomingMessage["headers"];
  body: Buffer;
  trailers: NodeJS.Dict<string>;
};

/** A real HTTP server on a port of its own that can be told how to behave, even between two requests. */
export class StubBackend {
  readonly name: string;
  readonly server: Server;
  /** Requests whose body has arrived whole, in order. */
  readonly requests: RecordedRequest[] = [];
  /** Connections accepted so far. */
  connections = 0;
  #behaviour: RequestListener;
  #port = 0;
  readonly #sockets = new Set<Socket>();

  constructor(name: string) {
    this.name = name;
    this.#behaviour = this.answering();
    this.server = createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
      request.on("error", () => undefined);
      this.#behaviour(request, response);
    });
    this.server.on("connection", (socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on("error", () => undefined);
      socket.once("close", () => this.#sockets.delete(socket));
    });
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** From now on answers like this. */
  behave(behaviour: RequestListener): void {
    this.#behaviour = behaviour;
  }

  /** Records the request, then answers 200 with the backend's name, or as given. */
  answering(status = 200, headers: Record<string, string | string[]> = {}, body = this.name): RequestListener {
    return (request, response) => {
      this.#afterBody(request, () => response.writeHead(status, headers).end(body));
    };
  }

  /** Resets the connection once the body is in. */
  resetting(): RequestListener {
    return (request) => this.#afterBody(request, () => request.socket.resetAndDestroy());
  }

  /** Closes the connection without an answer once the body is in. */
  hangingUp(): RequestListener {
    return (request) => this.#afterBody(request, () => request.socket.end());
  }

  /** Takes the request and never answers. */
  stalling(): RequestListener {
    return (request) => this.#afterBody(request, () => undefined);
  }

  /** A body that breaks off is followed by nothing. */
  #afterBody(request: IncomingMessage, then: () => unknown): void {
    this.record(request).then(then, () => undefined);
  }

  /** Reads a request to its end and keeps it. */
  async record(request: IncomingMessage): Promise<RecordedRequest> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", url = "", rawHeaders, headers, trailers } = request;
    const recorded = { method, url, rawHeaders, headers, body: Buffer.concat(chunks), trailers };
    this.requests.push(recorded);
    return recorded;
  }

  async listen(port = 0): Promise<this> {
    this.#port = await listenOnLoopback(this.server, port);
    return this;
  }

  /** Refuses connections from now on, and drops those it has. */
  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (!this.server.listening) return;
    const closed = once(this.server, "close");
    this.server.close();
    await closed;
  }

  /** Listens again on the port it had. */
  async restart(): Promise<void> {
    await this.listen(this.#port);
  }

  /** Ends connections that are idle, as servers do after a while. */
  dropIdle(): void {
    this.server.closeIdleConnections();
  }
}

export async function startBackend(name = "A"): Promise<StubBackend> {
  return new StubBackend(name).listen();
}

/** A TCP server for everything that no HTTP server would do. */
export async function startRawBackend(
  onSocket: (socket: Socket) => void,
): Promise<{ url: string; port: number; stop: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: TcpServer = createRawServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    onSocket(socket);
  });
  const port = await listenOnLoopback(server, 0);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      const closed = once(server, "close");
      server.close();
      await closed;
    },
  };
}

/** The URL of a port on which nobody listens. */
export async function refusingUrl(): Promise<string> {
  const backend = await startBackend();
  await backend.stop();
  return backend.url;
}

async function listenOnLoopback(server: TcpServer, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP address was expected");
  return address.port;
}
