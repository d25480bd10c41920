import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { EndpointRegistry } from "../endpoints/registry.ts";
import type { Workers } from "../workers/workers.ts";
import { answerRequests, isRequestsPath } from "./requests.ts";
import { findSwitchTurn, type StoreSwitch, turnSwitch } from "./turn-switch.ts";

export type AdminContext = {
  token: string;
  /** Whether only this machine can reach the port: then reading needs no token. */
  isLoopback: boolean;
  isReady: () => boolean;
  metrics: () => Promise<{ contentType: string; text: string }>;
  status: (apiId: string | undefined) => unknown;
  registry: EndpointRegistry;
  /** ms of the monotonic clock. */
  now: () => number;
  storeSwitch: StoreSwitch;
  decisions: Pick<Workers, "findDecision" | "recentDecisions">;
  log: Logger;
};

type Answer = { status: number; contentType?: string; body: string; headers?: Record<string, string> };

/** The admin port: health, metrics, status, how requests were decided, and switching endpoints. */
export function createAdminServer(context: AdminContext): Server {
  return createServer(
    { maxHeaderSize: 16_384, headersTimeout: 10_000, requestTimeout: 30_000 },
    (request, response) => {
      request.resume();
      answerAdmin(context, request)
        .catch((error: unknown) => {
          context.log.error({ error: error instanceof Error ? error.message : String(error) }, "admin request failed");
          return problem(500, "The gateway could not answer; its log says why.");
        })
        .then((answer) => send(response, answer));
    },
  );
}

async function answerAdmin(context: AdminContext, request: IncomingMessage): Promise<Answer> {
  if (context.isLoopback && !isLoopbackHost(request.headers.host))
    return problem(421, "This port answers to localhost only.");
  const target = `http://localhost${request.url ?? "/"}`;
  if (!request.url?.startsWith("/") || !URL.canParse(target)) return problem(400, "This is no path.");
  const url = new URL(target);
  const route = `${request.method === "HEAD" ? "GET" : request.method} ${url.pathname}`;
  switch (route) {
    case "GET /healthz":
      return json(200, { status: "up" });
    case "GET /readyz":
      return context.isReady() ? json(200, { status: "ready" }) : json(503, { status: "no configuration yet" });
    case "GET /metrics": {
      const { contentType, text } = await context.metrics();
      return { status: 200, contentType, body: text };
    }
    case "GET /status":
      if (!context.isLoopback && !hasToken(context, request)) return unauthorized;
      return json(200, context.status(url.searchParams.get("apiId") ?? undefined));
    default: {
      if (!isRequestsPath(url.pathname)) return answerSwitch(context, request, url.pathname);
      if (!context.isLoopback && !hasToken(context, request)) return unauthorized;
      const { status, document, headers } = await answerRequests(context.decisions, request.method ?? "", url);
      return { ...json(status, document), ...(headers && { headers }) };
    }
  }
}

async function answerSwitch(context: AdminContext, request: IncomingMessage, path: string): Promise<Answer> {
  const turn = findSwitchTurn(path);
  if (!turn) return problem(404, "Nothing is here.");
  if (request.method !== "POST") return { ...problem(405, "POST is expected here."), headers: { Allow: "POST" } };
  if (!hasToken(context, request)) return unauthorized;
  const document = await turnSwitch(context, turn);
  return document ? json(200, document) : problem(404, "This gateway serves no such endpoint.");
}

/** Bearer token, compared in constant time over equal lengths. */
function hasToken(context: AdminContext, request: IncomingMessage): boolean {
  const [, given] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "") ?? [];
  if (given === undefined) return false;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(context.token));
}

/** A page of another site can make a browser call localhost by a name of its own; its Host field gives it away. */
function isLoopbackHost(host: string | undefined): boolean {
  const name = (host ?? "").replace(/:\d+$/, "").toLowerCase();
  return name === "localhost" || name === "[::1]" || /^127(\.\d{1,3}){3}$/.test(name);
}

function json(status: number, body: unknown): Answer {
  return { status, body: JSON.stringify(body) };
}

function problem(status: number, description: string): Answer {
  return json(status, { code: String(status), description });
}

const unauthorized: Answer = {
  ...problem(401, "Send the gateway's admin token: Authorization: Bearer …"),
  headers: { "WWW-Authenticate": "Bearer" },
};

function send(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, {
    "Content-Type": answer.contentType ?? "application/json",
    "Cache-Control": "no-store",
    ...answer.headers,
  });
  response.end(answer.body);
}
