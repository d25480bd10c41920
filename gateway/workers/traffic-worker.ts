import { once } from "node:events";
import type { Server } from "node:http";
import type { Socket } from "node:net";
import type { Logger } from "pino";
import type { StatisticsTaken } from "../../lib/model/api-statistics.ts";
import type { EndpointTarget } from "../../lib/model/endpoint-target.ts";
import { type AccessLog, accessLogIn } from "../access-log.ts";
import { EndpointTlsStore, unusableCertificates } from "../certificates/endpoint-tls.ts";
import { CredentialsStore } from "../credentials/credentials-store.ts";
import { DecisionLog } from "../decisions/decision-log.ts";
import type { RegistryHooks } from "../endpoints/registry.ts";
import { SessionManager } from "../endpoints/sessions/session-manager.ts";
import { SessionStore } from "../endpoints/sessions/session-store.ts";
import { type ClientLimits, defaultClientLimits, defaultIdleMs } from "../proxy/exchange-context.ts";
import { Forwarder } from "../proxy/forwarder.ts";
import { OpenRequests } from "../proxy/open-requests.ts";
import { ReplayBudget } from "../proxy/replay-budget.ts";
import { TrafficMetrics } from "../proxy/traffic-metrics.ts";
import { createTrafficServer } from "../proxy/traffic-server.ts";
import { turnAwayTooMany } from "../proxy/turn-away.ts";
import { stateChange } from "../statistics/state-change.ts";
import { TokenChecks } from "../tokens/token-checks.ts";
import { WirePath } from "../wire/wire-path.ts";
import type { ConfigurationUpdate } from "./configuration-update.ts";
import { listenOn } from "./listen-on.ts";
import { ServedApis } from "./served-apis.ts";

export type TrafficWorkerOptions = {
  /** Number of the thread, from 2 on. */
  thread: number;
  gatewayId: string;
  /** How many workers there are: what is bounded for the gateway is divided among them. */
  workers: number;
  /** The sessions that all workers share. */
  sessions: SharedArrayBuffer;
  secret: string;
  log: Logger;
  /** Where each request leaves a line: the log, if nothing else is said. */
  accessLog?: AccessLog;
  /** ms of the monotonic clock. */
  now: () => number;
  /** ms since the epoch. */
  wallClock: () => number;
  /** Whether ordinary requests take the short path; false serves everything by Node's HTTP server. */
  wire?: boolean | undefined;
  /** What a client's connection may do; tests cannot wait as long as the defaults. */
  clientLimits?: Partial<ClientLimits> | undefined;
  /** How long a stream may stand still; tests cannot wait as long as the defaults. */
  idleMs?: Partial<typeof defaultIdleMs> | undefined;
  /** How long requests at a removed endpoint may take to finish, ms. */
  removedGraceMs?: number | undefined;
};

/** Requests of the whole gateway may keep so much of their bodies for further attempts, bytes. */
const replayBytes = 64 * 1024 * 1024;
/** Requests at an endpoint that a reload removed may take so long to finish, ms. */
const removedGraceMs = 30_000;
const closeIdleIntervalMs = 100;

/** Serves traffic: one listener and everything behind it, on one thread. */
export class TrafficWorker {
  readonly server: Server;
  readonly metrics = new TrafficMetrics();
  readonly decisions: DecisionLog;
  readonly #apis: ServedApis;
  readonly #log: Logger;
  readonly #openRequests: OpenRequests;
  readonly #forwarder: Forwarder;
  readonly #wire: WirePath | undefined;
  readonly #sockets = new Set<Socket>();
  #isDraining = false;
  /** Told when the last connection is gone. */
  #onEmpty: (() => void) | undefined;

  constructor(options: TrafficWorkerOptions) {
    const { thread, workers, sessions, secret, log, now, wallClock } = options;
    this.#log = log;
    this.#openRequests = new OpenRequests(log);
    this.#forwarder = new Forwarder(this.#openRequests);
    const tls = new EndpointTlsStore({ secret, onUnusable: unusableCertificates(log) });
    const tokens = new TokenChecks({ tls, now, wallClock, log });
    const hooks: RegistryHooks = {
      tls,
      credentials: new CredentialsStore({ secret, tls, now, log }),
      onRemoved: (endpoints) => this.#openRequests.endAfter(endpoints, options.removedGraceMs ?? removedGraceMs),
      onStateChanged: (group, endpoint, before, outcome) =>
        this.metrics.statistics.changed(stateChange(group, endpoint, before, outcome, wallClock())),
    };
    this.#apis = new ServedApis(thread, now, hooks, tokens);
    this.decisions = new DecisionLog({
      gatewayId: options.gatewayId,
      logs: workers,
      wallClock,
      findOrigin: (apiId, keyType, endpointId) =>
        originOf(this.#apis.registry.find(apiId)?.[keyType]?.findEndpoint(endpointId)),
    });
    const context = {
      table: this.#apis.table,
      sessions: new SessionManager(SessionStore.attach(sessions, thread), secret),
      forwarder: this.#forwarder,
      openRequests: this.#openRequests,
      replayBudget: new ReplayBudget(Math.floor(replayBytes / workers)),
      metrics: this.metrics,
      decisions: this.decisions,
      log,
      accessLog: options.accessLog ?? accessLogIn(log),
      secret,
      now,
      wallClock,
      isDraining: () => this.#isDraining,
      idleMs: { ...defaultIdleMs, ...options.idleMs },
      clientLimits: { ...defaultClientLimits, ...options.clientLimits },
    };
    this.server = createTrafficServer(context);
    this.#wire = options.wire === false ? undefined : new WirePath(context, this.server, this.#keep);
    if (!this.#wire) this.server.on("connection", this.#keep);
    turnAwayTooMany(this.server, context, () => this.#sockets.size);
  }

  /** The server forgets connections that were upgraded, and would wait for them for ever. */
  readonly #keep = (socket: Socket): void => {
    this.#sockets.add(socket);
    this.metrics.connectionOpened();
    socket.once("close", () => {
      this.metrics.connectionClosed();
      this.#sockets.delete(socket);
      if (this.#sockets.size === 0) this.#onEmpty?.();
    });
  };

  apply(update: ConfigurationUpdate): void {
    this.#apis.apply(update);
  }

  /** Opens the port, or throws an error of one line that names it. Returns the port's number. */
  async listen(address: { host: string; port: number; reusePort: boolean }): Promise<number> {
    if (this.#isDraining) return address.port;
    return listenOn(this.server, address, "GATEWAY_PORT", this.#log);
  }

  /** What was counted, and which requests failed, since this was last asked. */
  takeStatistics(): StatisticsTaken {
    return { ...this.metrics.statistics.take(), failures: this.decisions.takeFailures() };
  }

  /** Takes no new requests, lets those under way finish for at most `graceMs`, and closes everything. */
  async close(graceMs: number): Promise<void> {
    this.#isDraining = true;
    const closed = this.server.listening ? once(this.server, "close") : undefined;
    this.server.close();
    // Connections that were busy turn idle one after the other.
    const closeIdle = () => {
      this.server.closeIdleConnections();
      this.#wire?.closeIdle();
    };
    const idle = setInterval(closeIdle, closeIdleIntervalMs);
    const force = setTimeout(() => {
      for (const socket of this.#sockets) socket.destroy();
    }, graceMs);
    closeIdle();
    // Connections opened in advance, on which no request has begun, are none of the idle ones for Node.
    for (const socket of this.#sockets) if (socket.bytesRead === 0) socket.destroy();
    await closed;
    if (this.#sockets.size > 0) await new Promise<void>((resolve) => (this.#onEmpty = resolve));
    clearTimeout(force);
    clearInterval(idle);
    this.#wire?.close();
    this.#openRequests.close();
    this.#forwarder.close();
  }
}

function originOf(endpoint: { target: EndpointTarget } | undefined): string | undefined {
  return endpoint && `${endpoint.target.protocol}//${endpoint.target.host}`;
}
