import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer, type Server, type Socket } from "node:net";
import type { Behaviour, EndpointAnswer } from "./case.ts";
import { hostileBehaviours } from "./hostile-behaviours.ts";
import { sessionEnvelope } from "./soap-text.ts";

/** A request that waits to be told what becomes of it stands here by its name. */
export const holdHeader = "x-conformance-hold";

/** Where active checks ask. */
export const healthPath = "/health";

/** Length and SHA-256 of a body: bodies of a gigabyte are compared without being kept. */
export type BodyDigest = { bytes: number; sha256: string };

/** A backend on a port of its own that does what the case says. */
export class CaseBackend {
  readonly id: string;
  /** Bodies of the requests that arrived whole, in order. */
  bodies: BodyDigest[] = [];
  /** `Cookie` field of the newest request. */
  cookie = "";
  /** Target of the newest request. */
  target = "";
  /** How it answers active checks. */
  isWell = true;
  #port = 0;
  #behaviour: Behaviour = "answers";
  readonly #heldOnce: Set<string>;
  readonly #sockets = new Set<Socket>();
  readonly #held = new Map<string, { request: IncomingMessage; response: ServerResponse }>();
  readonly #http = createHttpServer({ keepAliveTimeout: 30_000 }, (request, response) => {
    request.on("error", () => undefined);
    if (request.url === healthPath) response.writeHead(this.isWell ? 200 : 503).end();
    else void this.#take(request, response).catch(() => undefined);
  });
  readonly #server: Server = createServer({ allowHalfOpen: true }, (socket) => this.#accept(socket));

  /** @param heldOnce requests that some backend has held: their next attempt is not held again */
  constructor(id: string, heldOnce: Set<string>) {
    this.id = id;
    this.#heldOnce = heldOnce;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async behave(behaviour: Behaviour): Promise<void> {
    this.#behaviour = behaviour;
    if (behaviour === "refuses") await this.stop();
    else if (!this.#server.listening) await this.listen();
  }

  /** Connections that the gateway has not closed, though this backend may hold on to them. */
  get openConnections(): number {
    return [...this.#sockets].filter((socket) => !socket.readableEnded).length;
  }

  isHolding(name: string): boolean {
    return this.#held.has(name);
  }

  /** Lets a request that was held go on like this. */
  release(name: string, behaviour: Behaviour): void {
    const held = this.#held.get(name);
    if (!held) throw new Error(`${this.id} holds no request ${name}`);
    this.#held.delete(name);
    this.#react(held.request, held.response, behaviour);
  }

  async listen(): Promise<void> {
    this.#server.listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("a TCP address was expected");
    this.#port = address.port;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (!this.#server.listening) return;
    const closed = once(this.#server, "close");
    this.#server.close();
    await closed;
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => this.#sockets.delete(socket));
    const behaviour = this.#behaviour;
    if (typeof behaviour !== "string" && "hostile" in behaviour) hostileBehaviours[behaviour.hostile](socket);
    else this.#http.emit("connection", socket);
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const hash = createHash("sha256");
    let bytes = 0;
    this.cookie = request.headers.cookie ?? "";
    this.target = request.url ?? "";
    for await (const chunk of request) {
      hash.update(chunk);
      bytes += chunk.length;
    }
    this.bodies.push({ bytes, sha256: hash.digest("hex") });
    const hold = request.headers[holdHeader];
    if (typeof hold === "string" && !this.#heldOnce.has(hold)) {
      this.#heldOnce.add(hold);
      this.#held.set(hold, { request, response });
    } else this.#react(request, response, this.#behaviour);
  }

  #react({ socket }: IncomingMessage, response: ServerResponse, behaviour: Behaviour): void {
    if (behaviour === "answers") this.#answer(response, {});
    else if (behaviour === "resets") socket.resetAndDestroy();
    else if (behaviour === "closes") socket.end();
    else if (behaviour === "talks-nonsense") socket.end("nonsense\r\n\r\n");
    else if (typeof behaviour !== "string" && "answers" in behaviour) this.#answer(response, behaviour.answers);
    else if (behaviour !== "stalls") socket.destroy();
  }

  #answer(response: ServerResponse, answer: EndpointAnswer): void {
    const { status = 200, headers = {}, setCookies = [], serviceGroupId, keepsConnection = false } = answer;
    response.shouldKeepAlive = keepsConnection;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (setCookies.length > 0) response.setHeader("Set-Cookie", [...setCookies]);
    if (serviceGroupId !== undefined) response.setHeader("Content-Type", "application/soap+xml");
    response.statusCode = status;
    response.end(serviceGroupId === undefined ? this.id : sessionEnvelope(this.id, serviceGroupId));
  }
}
