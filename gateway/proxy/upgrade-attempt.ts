import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Duplex } from "node:stream";
import type { ErrorCode } from "../../lib/model/error-code.ts";
import type { AttemptTrace } from "../decisions/decision-trace.ts";
import type { EndpointRuntime } from "../endpoints/endpoint-runtime.ts";
import { AttemptError, type AttemptPhase, errorCodeOf } from "./attempt-error.ts";
import type { OpenRequests } from "./open-requests.ts";

/** What an endpoint said to an upgrade: yes, with the connection it is now, or any other response. */
export type UpgradeAnswer =
  | { kind: "upgraded"; response: IncomingMessage; socket: Duplex; head: Buffer }
  | { kind: "answered"; response: IncomingMessage };

export type UpgradeResult =
  | UpgradeAnswer
  /** `wasSent`: bytes of the request may have reached the endpoint. */
  | { kind: "error"; code: ErrorCode; wasSent: boolean }
  | { kind: "client-gone" };

/**
 * Asks one endpoint for an upgrade. http-proxy's `ws` ends the client's connection when an endpoint fails, so there could
 * be no second endpoint and no answer with a code; hence `node:http` for this one step.
 *
 * @param trace told of the connection
 */
export function sendUpgrade(
  head: { method: string; path: string; headers: string[] },
  endpoint: EndpointRuntime,
  client: Duplex,
  openRequests: OpenRequests,
  trace: AttemptTrace,
): Promise<UpgradeResult> {
  const startedAt = performance.now();
  const { target, policy } = endpoint;
  return new Promise((resolve) => {
    const send = target.protocol === "https:" ? httpsRequest : httpRequest;
    const upstream = send({
      ...{ host: target.hostname, port: target.port, agent: false, setHost: false, ...head },
      ...(endpoint.tls && { secureContext: endpoint.tls.secureContext }),
    });
    let phase: AttemptPhase = "connecting";
    let isOver = false;
    const end = (result: UpgradeResult) => {
      if (isOver) return;
      isOver = true;
      openRequests.over(endpoint, open);
      clearTimeout(timer);
      client.off("close", onGone);
      resolve(result);
      if (result.kind === "error" || result.kind === "client-gone") upstream.destroy();
    };
    const fail = (error: Error) =>
      end({ kind: "error", code: errorCodeOf(error, phase), wasSent: phase !== "connecting" });
    const failAfter = (ms: number, code: ErrorCode) => setTimeout(() => fail(new AttemptError(code, "timed out")), ms);
    const onGone = () => end({ kind: "client-gone" });
    const open = { onEndpointRemoved: () => fail(new AttemptError(101507, "given up")) };
    openRequests.begin(endpoint, open);
    let timer = failAfter(policy.connectTimeoutMs, 101508);
    client.once("close", onGone);
    upstream.once("socket", (socket) => {
      socket.once(target.protocol === "https:" ? "secureConnect" : "connect", () => {
        phase = "waiting";
        trace.connected(false, performance.now() - startedAt);
        clearTimeout(timer);
        if (!isOver) timer = failAfter(policy.responseTimeoutMs, 101504);
      });
    });
    upstream.once("upgrade", (response, socket, rest) => end({ kind: "upgraded", response, socket, head: rest }));
    upstream.once("response", (response) => end({ kind: "answered", response }));
    upstream.on("error", fail);
    upstream.once("close", () => fail(new AttemptError(101505, "closed without a response")));
    upstream.end();
  });
}
