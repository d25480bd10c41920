import type { IncomingMessage, ServerResponse } from "node:http";
import { createProxyServer } from "http-proxy";
import type { AttemptTrace } from "../decisions/decision-trace.ts";
import type { EndpointRuntime } from "../endpoints/endpoint-runtime.ts";
import { type AttemptResult, AttemptWatch } from "./attempt-watch.ts";
import { EndpointAgents } from "./endpoint-agents.ts";
import type { OpenRequests } from "./open-requests.ts";
import type { RequestBody } from "./request-body.ts";

/** One try of one request on one endpoint. */
export type Attempt = {
  request: IncomingMessage;
  response: ServerResponse;
  endpoint: EndpointRuntime;
  /** Target for the request line. */
  path: string;
  /** Flat list of names and values. */
  headers: readonly string[];
  body: RequestBody;
  /** A connection of its own, because an idle one turned out to be closed. */
  needsNewConnection: boolean;
  /** A client that has a body to send, and sends nothing of it, is given up after this, ms. */
  clientIdleMs: number;
  /** Told of the connection. */
  trace: AttemptTrace;
};

/**
 * Sends single attempts through http-proxy, which makes the request, relays the body and lets go of the endpoint when the
 * client leaves. What an attempt needs beyond that is watched here: two deadlines instead of one, and failures that keep
 * the client for the next endpoint. Owns the connections.
 */
export class Forwarder {
  readonly #proxy = createProxyServer({});
  readonly #agents = new EndpointAgents();
  readonly #watches = new WeakMap<IncomingMessage, AttemptWatch>();
  readonly #openRequests: OpenRequests;

  constructor(openRequests: OpenRequests) {
    this.#openRequests = openRequests;
    this.#proxy.on("proxyReq", (upstream, request, _response, _options, socket) => {
      this.#watches.get(request)?.onRequest(upstream, socket);
    });
    // The client's connection broke while its request was being read.
    this.#proxy.on("econnreset", (_error, request) => this.#watches.get(request)?.onClientGone());
  }

  /** Resolves when response headers arrive or the attempt has failed; never rejects. */
  send(attempt: Attempt): Promise<AttemptResult> {
    const { request, response, endpoint, needsNewConnection } = attempt;
    const { protocol, hostname, port } = endpoint.target;
    return new Promise((resolve) => {
      const watch = new AttemptWatch(attempt, (result) => resolve(untilOver(result, over)));
      const open = { onEndpointRemoved: () => watch.giveUp() };
      const over = () => this.#openRequests.over(endpoint, open);
      this.#openRequests.begin(endpoint, open);
      this.#watches.set(request, watch);
      // http-proxy listens anew with every attempt.
      request.setMaxListeners(0);
      response.setMaxListeners(0);
      try {
        this.#proxy.web(
          request,
          response,
          {
            target: { protocol, hostname, host: hostname, port },
            ssl: requestOptions(attempt),
            agent: this.#agents.for(endpoint, needsNewConnection),
            buffer: watch.reader,
            selfHandleResponse: true,
            secure: true,
            // Our own path is complete; theirs would go through a URL parser that rejects and rewrites.
            ignorePath: true,
            toProxy: true,
            prependPath: false,
          },
          (error) => (request.errored ? watch.onClientGone() : watch.onError(error)),
        );
      } catch (error) {
        watch.onError(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  close(): void {
    this.#agents.close();
  }
}

/** Tells when an attempt is over: with its failure, or with the response that it led to. */
function untilOver(result: AttemptResult, over: () => void): AttemptResult {
  if (result.kind !== "response") {
    over();
    return result;
  }
  const { response } = result;
  response.once("close", over);
  const discard = () => {
    over();
    result.discard();
  };
  return { kind: "response", response, discard };
}

/**
 * http-proxy fills the options of `http.request` into the object it is given as `ssl`, and takes path and header fields
 * from the parsed request: normalized, in lower case, duplicates merged. This object holds on to the attempt's own, which
 * Node sends as they are when they come as a flat list.
 */
function requestOptions({ path, headers }: Attempt): object {
  return {
    get path() {
      return path;
    },
    set path(_theirs: unknown) {},
    get headers() {
      return headers;
    },
    set headers(_theirs: unknown) {},
  };
}
