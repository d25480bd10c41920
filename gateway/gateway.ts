import { once } from "node:events";
import type { Server } from "node:http";
import type { Logger } from "pino";
import type { StateChange, StatisticsTaken } from "../lib/model/api-statistics.ts";
import type { GatewayQuestion } from "../lib/model/gateway-ask.ts";
import { type GatewayFigures, type GatewayReport, gatewayReportIntervalMs } from "../lib/model/gateway-report.ts";
import { requestLine } from "../lib/model/request-line.ts";
import { createAdminServer } from "./admin/admin-server.ts";
import { endpointsAnswer } from "./admin/endpoints-answer.ts";
import { GatewayMetrics } from "./admin/gateway-metrics.ts";
import { type GatewayFacts, statusDocument } from "./admin/status.ts";
import { TrafficMeter, type TrafficRate } from "./admin/traffic-rate.ts";
import type { StoreSwitch } from "./admin/turn-switch.ts";
import { unreadyApis } from "./admin/unready-apis.ts";
import { EndpointTlsStore, unusableCertificates } from "./certificates/endpoint-tls.ts";
import { Configuration } from "./config/configuration.ts";
import { CredentialsStore } from "./credentials/credentials-store.ts";
import { PlaceLedger } from "./endpoints/endpoint-places.ts";
import { EndpointRegistry } from "./endpoints/registry.ts";
import { SessionStore } from "./endpoints/sessions/session-store.ts";
import { HealthChecker } from "./health/health-checker.ts";
import { LimitLedger } from "./limits/limit-ledger.ts";
import type { ConfigurationUpdate } from "./workers/configuration-update.ts";
import { listenOn } from "./workers/listen-on.ts";
import type { Workers } from "./workers/workers.ts";

/** What workers are made with. */
export type WorkersStart = {
  sessions: SharedArrayBuffer;
  /** Runs a task while no configuration is being taken over, with everything that is served. */
  withConfiguration: (task: (updates: readonly ConfigurationUpdate[]) => Promise<void>) => Promise<void>;
  /** Frees what a thread held that is gone. */
  onGone: (thread: number) => void;
};

export type GatewayOptions<W extends Workers = Workers> = {
  id: string;
  version: string;
  adminToken: string;
  /** FAIRLEAD_SECRET. */
  secret: string;
  admin: { host: string; port: number };
  workers: (start: WorkersStart) => W;
  log: Logger;
  /** ms of the monotonic clock that workers have as well. */
  now: () => number;
  /** ms since the epoch. */
  wallClock: () => number;
  /** From 0 to below 1. */
  random: () => number;
};

const sweepIntervalMs = 1_000;
/** What active checks found that is kept until it is asked for. */
const maxHealthChanges = 1_000;

/**
 * The thread that decides: configuration, states of endpoints, admin port. The workers serve the traffic. It does not know
 * where configurations come from.
 */
export class Gateway<W extends Workers = Workers> {
  readonly configuration: Configuration;
  readonly metrics: GatewayMetrics;
  readonly workers: W;
  readonly startedAt: Date;
  readonly admin: Server;
  isDatabaseConnected = false;
  /** Makes switches that are turned at the admin port outlast this process; undefined while there is no way to. */
  storeSwitch: StoreSwitch | undefined;
  appliedAt: Date | undefined;
  readonly #options: GatewayOptions<W>;
  readonly #registry: EndpointRegistry;
  readonly #health: HealthChecker;
  readonly #sweeper: NodeJS.Timeout;
  readonly #meter = new TrafficMeter();
  readonly #measurer: NodeJS.Timeout;
  #rate: TrafficRate = { requestsPerSecond: 0, p99Ms: null };
  /** Looked up once an interval, since every configuration is reported and there may be thousands of groups. */
  #unready = unreadyApis([]);
  #reloadError: GatewayFigures["reloadError"] = null;
  /** What active checks found, since it was last asked for. */
  readonly #healthChanges: StateChange[] = [];
  #isDraining = false;

  constructor(options: GatewayOptions<W>) {
    const { now, log } = options;
    this.#options = options;
    this.startedAt = new Date(options.wallClock());
    const ledger = new PlaceLedger(now);
    const limits = new LimitLedger();
    const sessions = SessionStore.create();
    const tls = new EndpointTlsStore({ secret: options.secret, onUnusable: unusableCertificates(log) });
    this.#registry = new EndpointRegistry(ledger, now, {
      tls,
      credentials: new CredentialsStore({ secret: options.secret, tls, now, log }),
    });
    this.configuration = new Configuration(this.#registry, ledger, (update) => this.workers.apply(update), limits);
    this.workers = options.workers({
      sessions: sessions.memory,
      withConfiguration: (task) => this.configuration.withCurrent(task),
      onGone: (thread) => {
        sessions.releaseThread(thread);
        limits.releaseThread(thread);
        for (const group of this.#registry.groups()) group.releaseThread(thread);
      },
    });
    this.metrics = new GatewayMetrics(() => this.#registry.groups());
    this.#health = new HealthChecker({
      now,
      random: options.random,
      onChecked: (result) => this.metrics.countHealthCheck(result),
      onFound: (found) => {
        if (this.#healthChanges.length >= maxHealthChanges) return;
        this.#healthChanges.push({ ...found, code: null, atMs: options.wallClock() });
      },
      log,
    });
    this.admin = createAdminServer({
      token: options.adminToken,
      isLoopback: isLoopback(options.admin.host),
      isReady: () => this.configuration.revision !== undefined && this.workers.isListening && !this.#isDraining,
      metrics: async () => ({
        contentType: this.metrics.contentType,
        text: await this.metrics.text(await this.workers.metrics()),
      }),
      status: (apiId) => statusDocument(this.#facts(), this.configuration, this.#registry, this.#clock, apiId),
      registry: this.#registry,
      now,
      storeSwitch: async (apiId, requests) =>
        this.isDatabaseConnected && this.storeSwitch ? this.storeSwitch(apiId, requests) : false,
      decisions: this.workers,
      log,
    });
    this.#sweeper = setInterval(() => sessions.sweep(now()), sweepIntervalMs).unref();
    this.#measurer = setInterval(() => void this.#measureTraffic(), gatewayReportIntervalMs).unref();
  }

  /** Opens the admin port, or throws an error of one line that names it. */
  async listenAdmin(): Promise<void> {
    await listenOn(this.admin, this.#options.admin, "GATEWAY_ADMIN_PORT", this.#options.log);
  }

  /** Opens the port for traffic, or throws an error of one line that names it. */
  async listenTraffic(): Promise<void> {
    if (!this.#isDraining) await this.workers.listen();
  }

  /** Notes that a configuration was taken over. */
  applied(): void {
    this.appliedAt = new Date(this.#options.wallClock());
    this.metrics.setRevision(this.configuration.revision ?? 0);
    if (!this.#isDraining) this.#health.update(this.#registry.checkedGroups());
  }

  /** What the installation is told; undefined before the first configuration. `host` is where traffic is served. */
  report(host: string): GatewayReport | undefined {
    const { id, version } = this.#options;
    const { startedAt, appliedAt } = this;
    const { revision: appliedRevision, refused: refusedApis } = this.configuration;
    if (appliedRevision === undefined || !appliedAt) return undefined;
    return { id, host, version, startedAt, appliedRevision, appliedAt, refusedApis, figures: this.#figures() };
  }

  /** What was counted of every API since it was last asked. */
  async takeStatistics(): Promise<StatisticsTaken> {
    const { changes, ...taken } = await this.workers.takeStatistics();
    return { ...taken, changes: [...changes, ...this.#healthChanges.splice(0)] };
  }

  /** Notes why the configuration could not be loaded; undefined once it could. */
  reloadFailed(message: string | undefined): void {
    this.#reloadError =
      message === undefined
        ? null
        : { at: new Date(this.#options.wallClock()).toISOString(), message: message.slice(0, 500) };
  }

  /** What there is to say to a publisher's question; undefined: nothing. */
  async answer(ask: GatewayQuestion): Promise<unknown> {
    switch (ask.kind) {
      case "endpoints":
        return endpointsAnswer(this.configuration, ask.apiId, this.#clock);
      case "switch-on":
        this.#registry.find(ask.apiId)?.[ask.keyType]?.findEndpoint(ask.endpointId)?.switchOn(this.#options.now());
        return undefined;
      case "request":
        return await this.workers.findDecision(ask.requestId, ask.apiId);
      case "recent-requests":
        return (await this.workers.recentDecisions(ask)).map(requestLine);
    }
  }

  /** Takes no new requests, lets those under way finish for at most `graceMs`, and closes everything. */
  async close(graceMs: number): Promise<void> {
    this.#isDraining = true;
    await this.workers.close(graceMs);
    this.#health.close();
    clearInterval(this.#sweeper);
    clearInterval(this.#measurer);
    const closed = this.admin.listening ? once(this.admin, "close") : undefined;
    this.admin.close();
    this.admin.closeAllConnections();
    await closed;
  }

  #figures(): GatewayFigures {
    return {
      workers: this.workers.count,
      memoryBytes: process.memoryUsage.rss(),
      ...this.#rate,
      ...this.#unready,
      reloadError: this.#reloadError,
    };
  }

  async #measureTraffic(): Promise<void> {
    this.#unready = unreadyApis(this.#registry.groups());
    const counted = await this.workers.metrics();
    if (!this.#isDraining) this.#rate = this.#meter.measure(counted, this.#options.now());
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

  readonly #clock = {
    now: () => this.#options.now(),
    toDate: (monotonicMs: number): Date =>
      new Date(this.#options.wallClock() + Math.min(monotonicMs - this.#options.now(), 8.64e14)),
  };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}
