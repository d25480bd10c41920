import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, type ServerResponse } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Socket } from "node:net";
import type { Readable } from "node:stream";
import { createProxyServer } from "http-proxy";
import type { ErrorCode } from "../../lib/model/error-code.ts";
import type { EndpointRuntime } from "../endpoints/endpoint-runtime.ts";
import { AttemptError, type AttemptPhase, errorCodeOf } from "./attempt-error.ts";
import { groupedFields } from "./headers.ts";

/** How one attempt at an endpoint ended. */
export type AttemptResult =
  | { kind: "response"; response: IncomingMessage; upstream: ClientRequest }
  /** `wasSent`: bytes of the request may have reached the endpoint. `isStale`: an idle connection had been closed. */
  | { kind: "error"; code: ErrorCode; wasSent: boolean; isStale: boolean }
  | { kind: "slow-client" }
  | { kind: "client-gone" };

export type AttemptRequest = {
  request: IncomingMessage;
  response: ServerResponse;
  endpoint: EndpointRuntime;
  path: string;
  /** Flat list of names and values. */
  headers: readonly string[];
  body: Readable;
  /** A connection of its own, because an idle one turned out to be closed. */
  needsNewConnection: boolean;
};

type Pending = {
  onRequest: (upstream: ClientRequest, socket: Socket) => void;
  onResponse: (response: IncomingMessage) => void;
  onClientGone: () => void;
};

/**
 * Sends single attempts through http-proxy, which relays method and body and watches the client; path, header fields and
 * deadlines are set here, because it would re-spell the first two and knows one timeout only. Owns the connections.
 */
export class HttpForwarder {
  readonly #proxy = createProxyServer({});
  readonly #pending = new WeakMap<IncomingMessage, Pending>();
  readonly #agents = {
    "http:": new HttpAgent({ keepAlive: true, maxFreeSockets: 256, scheduling: "lifo", timeout: 60_000 }),
    "https:": new HttpsAgent({ keepAlive: true, maxFreeSockets: 256, scheduling: "lifo", timeout: 60_000 }),
  };
  readonly #freshAgents = {
    "http:": new HttpAgent({ keepAlive: false }),
    "https:": new HttpsAgent({ keepAlive: false }),
  };

  constructor() {
    this.#proxy.on("proxyReq", (upstream, request, _response, _options, socket) => {
      this.#pending.get(request)?.onRequest(upstream, socket);
    });
    this.#proxy.on("proxyRes", (response, request) => this.#pending.get(request)?.onResponse(response));
    this.#proxy.on("econnreset", (_error, request) => this.#pending.get(request)?.onClientGone());
  }

  /** Resolves when response headers arrive or the attempt has failed; never rejects. */
  send(attempt: AttemptRequest): Promise<AttemptResult> {
    const { request, response, endpoint, body } = attempt;
    const { protocol } = endpoint.target;
    return new Promise((resolve) => {
      const watch = new AttemptWatch(attempt, (result) => {
        this.#pending.delete(request);
        resolve(result);
      });
      this.#pending.set(request, watch);
      const onGone = () => watch.onClientGone();
      response.once("close", onGone);
      // http-proxy does not send Expect and then tells nobody of the request; it has been answered already.
      delete request.headers.expect;
      this.#proxy.web(
        request,
        response,
        {
          target: {
            protocol,
            host: endpoint.target.host,
            hostname: endpoint.target.hostname,
            port: endpoint.target.port,
          },
          agent: (attempt.needsNewConnection ? this.#freshAgents : this.#agents)[protocol],
          buffer: body,
          selfHandleResponse: true,
          secure: true,
        },
        (error) => watch.onError(error),
      );
    });
  }

  close(): void {
    for (const agent of [...Object.values(this.#agents), ...Object.values(this.#freshAgents)]) agent.destroy();
  }
}

/** Follows one attempt: which phase it is in, what its deadline is, how it ends. */
class AttemptWatch implements Pending {
  readonly #attempt: AttemptRequest;
  readonly #finish: (result: AttemptResult) => void;
  #phase: AttemptPhase = "connecting";
  #upstream: ClientRequest | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;
  #isReused = false;
  #bytesBefore = 0;

  constructor(attempt: AttemptRequest, finish: (result: AttemptResult) => void) {
    this.#attempt = attempt;
    this.#finish = finish;
  }

  onRequest(upstream: ClientRequest, socket: Socket): void {
    this.#upstream = upstream;
    if (this.#isOver) {
      upstream.destroy();
      return;
    }
    for (const name of upstream.getRawHeaderNames()) upstream.removeHeader(name);
    for (const [name, values] of groupedFields(this.#attempt.headers)) {
      upstream.setHeader(name, values.length === 1 ? (values[0] ?? "") : values);
    }
    upstream.path = this.#attempt.path;
    upstream.on("information", (info) => this.#forwardInformation(info));
    this.#bytesBefore = socket.bytesWritten;
    if (upstream.reusedSocket) {
      this.#isReused = true;
      this.#onConnected();
      return;
    }
    const { connectTimeoutMs } = this.#attempt.endpoint.policy;
    this.#deadline(connectTimeoutMs, 101508, "connect timeout");
    socket.once("encrypted" in socket ? "secureConnect" : "connect", () => this.#onConnected());
  }

  onResponse(response: IncomingMessage): void {
    if (!this.#upstream) return;
    this.#end({ kind: "response", response, upstream: this.#upstream });
  }

  onError(error: Error): void {
    const code = errorCodeOf(error, this.#phase);
    const written = this.#upstream?.socket ? this.#upstream.socket.bytesWritten - this.#bytesBefore : 0;
    const isClosed = !(error instanceof AttemptError) && (code === 101500 || code === 101505);
    const wasSent = this.#phase === "waiting" && !(this.#isReused && written === 0);
    this.#end({ kind: "error", code, wasSent, isStale: this.#isReused && isClosed });
  }

  onClientGone(): void {
    this.#end({ kind: "client-gone" });
    this.#upstream?.destroy();
  }

  #onConnected(): void {
    if (this.#isOver) return;
    this.#phase = "waiting";
    const { responseTimeoutMs } = this.#attempt.endpoint.policy;
    this.#deadline(responseTimeoutMs, 101504, "response timeout");
    // While the body is on its way the clock starts anew with every part: the endpoint cannot answer what it has not got.
    this.#attempt.body.on("data", () => this.#timer?.refresh());
    this.#attempt.body.once("end", () => this.#timer?.refresh());
  }

  #deadline(ms: number, code: ErrorCode, message: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const isClientSlow =
        code === 101504 && !this.#attempt.body.readableEnded && this.#upstream?.writableNeedDrain === false;
      if (isClientSlow) this.#end({ kind: "slow-client" });
      else this.onError(new AttemptError(code, message));
      this.#upstream?.destroy(new AttemptError(code, message));
    }, ms);
  }

  /** 1xx answers go to the client as they come. RFC 9110 §15.2. 100 has been sent already, 101 is no information. */
  #forwardInformation(info: { statusCode: number; headers: NodeJS.Dict<string | string[]> }): void {
    if (info.statusCode === 102) this.#attempt.response.writeProcessing();
    if (info.statusCode !== 103 || info.headers.link === undefined) return;
    const hints: Record<string, string | string[]> = {};
    for (const [name, value] of Object.entries(info.headers)) if (value !== undefined) hints[name] = value;
    this.#attempt.response.writeEarlyHints(hints);
  }

  #end(result: AttemptResult): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#finish(result);
  }
}
