import { once } from "node:events";
import type { Server } from "node:http";
import type { Socket } from "node:net";
import type { Logger } from "pino";
import type { GatewayQuestion } from "../lib/model/gateway-ask.ts";
import type { GatewayReport } from "../lib/model/gateway-report.ts";
import { createAdminServer } from "./admin/admin-server.ts";
import { endpointsAnswer } from "./admin/endpoints-answer.ts";
import { type GatewayFacts, statusDocument } from "./admin/status.ts";
import { Configuration } from "./config/configuration.ts";
import { DecisionLog } from "./decisions/decision-log.ts";
import type { EndpointTarget } from "./endpoints/endpoint-target.ts";
import { EndpointRegistry } from "./endpoints/registry.ts";
import { SessionManager } from "./endpoints/sessions/session-manager.ts";
import { SessionStore } from "./endpoints/sessions/session-store.ts";
import { defaultIdleMs } from "./proxy/exchange-context.ts";
import { Forwarder } from "./proxy/forwarder.ts";
import { GatewayMetrics } from "./proxy/metrics.ts";
import { ReplayBudget } from "./proxy/replay-budget.ts";
import { createTrafficServer } from "./proxy/traffic-server.ts";
import type { GatewayApi } from "./routing/gateway-api.ts";
import { RoutingTable } from "./routing/routing-table.ts";

export type GatewayOptions = {
  id: string;
  version: string;
  secret: string;
  adminToken: string;
  traffic: { host: string; port: number };
  admin: { host: string; port: number };
  log: Logger;
  /** ms of a monotonic clock. */
  now: () => number;
  /** ms since the epoch. */
  wallClock: () => number;
  /** How long a stream may stand still; tests cannot wait as long as the defaults. */
  idleMs?: Partial<typeof defaultIdleMs>;
};

const sweepIntervalMs = 1_000;
const closeIdleIntervalMs = 100;

/** Traffic listener, admin port and everything between, without knowing where configurations come from. */
export class Gateway {
  readonly configuration: Configuration;
  readonly metrics: GatewayMetrics;
  readonly startedAt: Date;
  readonly traffic: Server;
  readonly admin: Server;
  readonly decisions: DecisionLog;
  isDatabaseConnected = false;
  appliedAt: Date | undefined;
  readonly #options: GatewayOptions;
  readonly #registry = new EndpointRegistry();
  readonly #forwarder = new Forwarder();
  readonly #sweeper: NodeJS.Timeout;
  readonly #sockets = new Set<Socket>();
  #isDraining = false;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.startedAt = new Date(options.wallClock());
    const table = new RoutingTable<GatewayApi>();
    const sessions = SessionStore.create();
    this.configuration = new Configuration(table, this.#registry);
    this.metrics = new GatewayMetrics(() => this.#registry.groups());
    this.decisions = new DecisionLog({
      gatewayId: options.id,
      wallClock: options.wallClock,
      findOrigin: (apiId, keyType, id) => originOf(this.#registry.find(apiId)?.[keyType]?.findEndpoint(id)),
    });
    this.traffic = createTrafficServer({
      table,
      sessions: new SessionManager(sessions, options.secret),
      forwarder: this.#forwarder,
      replayBudget: new ReplayBudget(),
      metrics: this.metrics,
      decisions: this.decisions,
      log: options.log,
      secret: options.secret,
      now: options.now,
      wallClock: options.wallClock,
      isDraining: () => this.#isDraining,
      idleMs: { ...defaultIdleMs, ...options.idleMs },
    });
    // The server forgets connections that were upgraded, and would wait for them for ever.
    this.traffic.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
    });
    this.admin = createAdminServer({
      token: options.adminToken,
      isLoopback: isLoopback(options.admin.host),
      isReady: () => this.configuration.revision !== undefined && this.traffic.listening && !this.#isDraining,
      metrics: async () => ({
        contentType: this.metrics.registry.contentType,
        text: await this.metrics.registry.metrics(),
      }),
      status: (apiId) => statusDocument(this.#facts(), this.configuration, this.#registry, this.#toWallClock, apiId),
      registry: this.#registry,
      decisions: this.decisions,
      log: options.log,
    });
    this.#sweeper = setInterval(() => sessions.sweep(options.now()), sweepIntervalMs).unref();
  }

  /** Opens the admin port, or throws an error of one line that names it. */
  async listenAdmin(): Promise<void> {
    await listenOn(this.admin, this.#options.admin, "GATEWAY_ADMIN_PORT", this.#options.log);
  }

  /** Opens the port for traffic, or throws an error of one line that names it. */
  async listenTraffic(): Promise<void> {
    if (this.#isDraining) return;
    await listenOn(this.traffic, this.#options.traffic, "GATEWAY_PORT", this.#options.log);
  }

  /** Notes that a configuration was taken over. */
  applied(): void {
    this.appliedAt = new Date(this.#options.wallClock());
    this.metrics.setRevision(this.configuration.revision ?? 0);
  }

  /** What the installation is told; undefined before the first configuration. `host` is where traffic is served. */
  report(host: string): GatewayReport | undefined {
    const { id, version } = this.#options;
    const { startedAt, appliedAt } = this;
    const { revision: appliedRevision, refused: refusedApis } = this.configuration;
    if (appliedRevision === undefined || !appliedAt) return undefined;
    return { id, host, version, startedAt, appliedRevision, appliedAt, refusedApis };
  }

  /** What there is to say to a publisher's question; undefined: nothing. */
  async answer(ask: GatewayQuestion): Promise<unknown> {
    switch (ask.kind) {
      case "endpoints":
        return endpointsAnswer(this.configuration, ask.apiId, this.#options.now(), this.#toWallClock);
      case "request":
      case "recent-requests":
        return undefined;
    }
  }

  /** Takes no new requests, lets those under way finish for at most `graceMs`, and closes everything. */
  async close(graceMs: number): Promise<void> {
    this.#isDraining = true;
    const closed = this.traffic.listening ? once(this.traffic, "close") : undefined;
    this.traffic.close();
    // Connections that were busy turn idle one after the other.
    const idle = setInterval(() => this.traffic.closeIdleConnections(), closeIdleIntervalMs);
    const force = setTimeout(() => {
      for (const socket of this.#sockets) socket.destroy();
    }, graceMs);
    this.traffic.closeIdleConnections();
    // Connections opened in advance, on which no request has begun, are none of the idle ones for Node.
    for (const socket of this.#sockets) if (socket.bytesRead === 0) socket.destroy();
    await closed;
    clearTimeout(force);
    clearInterval(idle);
    clearInterval(this.#sweeper);
    this.#forwarder.close();
    this.admin.close();
    this.admin.closeAllConnections();
  }

  #facts(): GatewayFacts {
    return {
      gatewayId: this.#options.id,
      version: this.#options.version,
      startedAt: this.startedAt.toISOString(),
      appliedAt: this.appliedAt?.toISOString() ?? null,
      database: this.isDatabaseConnected ? "connected" : "disconnected",
    };
  }

  #toWallClock = (monotonicMs: number): Date =>
    new Date(this.#options.wallClock() + Math.min(monotonicMs - this.#options.now(), 8.64e14));
}

function originOf(endpoint: { target: EndpointTarget } | undefined): string | undefined {
  return endpoint && `${endpoint.target.protocol}//${endpoint.target.host}`;
}

async function listenOn(
  server: Server,
  { host, port }: { host: string; port: number },
  variable: string,
  log: Logger,
): Promise<void> {
  try {
    server.listen({ host, port });
    await once(server, "listening");
  } catch (error) {
    const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    const reason = isTaken
      ? "is taken by another process"
      : `cannot be opened (${error instanceof Error ? error.message : error})`;
    throw new Error(`Port ${port} of ${host} ${reason}: set ${variable} to another one.`, { cause: error });
  }
  // A connection that cannot be accepted (no descriptor left) must not end all the others.
  server.on("error", (error) => log.error({ error: error.message }, "connection not accepted"));
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}
