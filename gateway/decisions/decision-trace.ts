import type { CredentialKind, DecisionRecord, NoRetryReason } from "../../lib/model/decision-record.ts";
import type { EndpointConfigKind, KeyType, SessionSettings } from "../../lib/model/endpoint-config.ts";
import type { EndpointTarget } from "../../lib/model/endpoint-target.ts";
import type { ErrorCode } from "../../lib/model/error-code.ts";
import type { TokenRefusal } from "../../lib/model/token-refusal.ts";
import type { PassedBy } from "../endpoints/passed-by.ts";

/** Most of a path that is kept, characters. */
export const maxPathLength = 512;

/** Most members passed by, and most turns of choosing, that one record holds. */
export const maxPassedBy = 200;
export const maxRounds = 100;

/** One attempt at an endpoint while it lasts and after; times in ms of the monotonic clock. */
export class AttemptTrace {
  readonly startedAt: number;
  endedAt = 0;
  outcome: "pending" | "success" | "passed-on" | "void" | ErrorCode = "pending";
  /** HTTP status of the answer; 0: none. */
  status = 0;
  wasSent: boolean | undefined = undefined;
  isStale = false;
  isReused = false;
  /** ms until the connection stood; -1: there was none to wait for, or it never stood. */
  connectMs = -1;

  constructor(now: number) {
    this.startedAt = now;
  }

  /** The connection stands, `connectMs` after the attempt's beginning, or stood already. */
  connected(isReused: boolean, connectMs: number): void {
    this.isReused = isReused;
    if (!isReused) this.connectMs = connectMs;
  }

  /** The endpoint answered with this status; `passed-on`: with one after which another is tried. */
  answered(status: number, now: number, outcome: "success" | "passed-on" = "success"): void {
    this.outcome = outcome;
    this.status = status;
    this.endedAt = now;
  }

  failed(code: ErrorCode, wasSent: boolean, isStale: boolean, now: number): void {
    this.outcome = code;
    this.wasSent = wasSent;
    this.isStale = isStale;
    this.endedAt = now;
  }

  /** It ended, and nothing can be said of the endpoint. */
  abandoned(now: number): void {
    this.outcome = "void";
    this.endedAt = now;
  }
}

/** One turn of choosing. Holds no endpoint itself: records outlast configurations, and must not keep them in memory. */
export type RoundTrace = {
  readonly at: number;
  readonly passedBy: readonly PassedBy[] | undefined;
  readonly endpointId: string | undefined;
  readonly protocol: string;
  readonly host: string;
  readonly viaSession: boolean;
  readonly probing: boolean;
  readonly attempt: AttemptTrace | undefined;
  /** Attempts that followed the first one on a new connection. */
  repeats: AttemptTrace[] | undefined;
};

/** What a trace needs to know of an API. */
type RoutedApi = { id: string; name: string; context: string; version: string; revision: number };

/** What a trace needs to know of a choice; a refusal has no endpoint. */
type Choice = {
  readonly kind: "selection" | "refusal";
  readonly endpoint?: { readonly id: string; readonly target: EndpointTarget };
  readonly viaSession?: boolean;
  readonly probing?: boolean;
};

/**
 * What happens to one request, noted as it happens: references and numbers only, for this stands in the way of every
 * request. {@link file://./decision-document.ts} makes a record of it when somebody asks.
 */
export class DecisionTrace {
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  readonly isPathCut: boolean;
  readonly isUpgrade: boolean;
  readonly startedAt: number;
  readonly startedAtWallClock: number;
  apiId: string | undefined = undefined;
  apiName = "";
  context = "";
  version = "";
  revision = 0;
  credential: CredentialKind | undefined = undefined;
  keyType: KeyType | undefined = undefined;
  operation: { method: string; path: string } | undefined = undefined;
  token: TokenRefusal | undefined = undefined;
  limit: DecisionRecord["limit"] | undefined = undefined;
  security: NonNullable<DecisionRecord["endpointSecurity"]>["kind"] | undefined = undefined;
  securityWaitMs = 0;
  groupKind: EndpointConfigKind | undefined = undefined;
  mayFailOver = false;
  sessionKind: SessionSettings["kind"] | undefined = undefined;
  isSessionNamed = false;
  boundEndpointId: string | undefined = undefined;
  rounds: RoundTrace[] | undefined = undefined;
  leftOut = 0;
  passedByCount = 0;
  noRetry: NoRetryReason | undefined = undefined;
  durationMs = 0;
  status = 0;
  code: string | undefined = undefined;
  isWhole = false;
  /** Order in which requests ended. */
  sequence = 0;

  constructor(
    requestId: string,
    method: string,
    path: string,
    isUpgrade: boolean,
    startedAt: number,
    startedAtWallClock: number,
  ) {
    this.requestId = requestId;
    this.method = method;
    this.path = path.length > maxPathLength ? path.slice(0, maxPathLength) : path;
    this.isPathCut = path.length > maxPathLength;
    this.isUpgrade = isUpgrade;
    this.startedAt = startedAt;
    this.startedAtWallClock = startedAtWallClock;
  }

  /** The path led to an API. Its words are kept, not the API: that is replaced whole by every reload. */
  routed({ id, name, context, version, revision }: RoutedApi): void {
    this.apiId = id;
    this.apiName = name;
    this.context = context;
    this.version = version;
    this.revision = revision;
  }

  /** Which operation of the API it is. */
  belongsTo({ method, path }: { method: string; path: string }): void {
    this.operation = { method, path };
  }

  /** How the caller was known; `keyType` is what that leads to. */
  admitted(credential: CredentialKind, keyType: KeyType | undefined): void {
    this.credential = credential;
    this.keyType = keyType;
  }

  /** The request's token lets nobody in. */
  tokenRefused(refusal: TokenRefusal): void {
    this.token = refusal;
  }

  /** A limit has no room for the request. */
  limited(limit: NonNullable<DecisionRecord["limit"]>): void {
    this.limit = limit;
  }

  /** What is shown to the endpoints, for which the request waited so long. */
  secured(kind: NonNullable<DecisionRecord["endpointSecurity"]>["kind"], waitedMs: number): void {
    this.security = kind;
    this.securityWaitMs += waitedMs;
  }

  /** The group that serves, as it is now. */
  servedBy(kind: EndpointConfigKind, mayFailOver: boolean): void {
    this.groupKind = kind;
    this.mayFailOver = mayFailOver;
  }

  /** @param isNamed whether the client named a session; `boundEndpointId`: the endpoint that it is bound to */
  inSession(kind: SessionSettings["kind"], isNamed: boolean, boundEndpointId: string | undefined): void {
    this.sessionKind = kind;
    this.isSessionNamed = isNamed;
    this.boundEndpointId = boundEndpointId;
  }

  /**
   * An endpoint was chosen, or none could be had.
   *
   * @param passedBy those looked at before; the list is copied, its members are kept
   * @returns the attempt that begins, to be told how it ends
   */
  chose(
    { endpoint, viaSession = false, probing = false }: Choice,
    passedBy: readonly PassedBy[],
    now: number,
  ): AttemptTrace {
    const attempt = new AttemptTrace(now);
    if (this.rounds !== undefined && this.rounds.length >= maxRounds) {
      this.leftOut += 1 + passedBy.length;
      return attempt;
    }
    const round: RoundTrace = {
      at: now,
      passedBy: passedBy.length === 0 ? undefined : this.#keep(passedBy),
      endpointId: endpoint?.id,
      protocol: endpoint?.target.protocol ?? "",
      host: endpoint?.target.host ?? "",
      viaSession,
      probing,
      attempt: endpoint && attempt,
      repeats: undefined,
    };
    if (this.rounds === undefined) this.rounds = [round];
    else this.rounds.push(round);
    return attempt;
  }

  /** The same endpoint is tried again: on a new connection, or with other credentials; once each. */
  repeated(now: number): AttemptTrace {
    const attempt = new AttemptTrace(now);
    const round = this.rounds?.at(-1);
    if (round) round.repeats = [...(round.repeats ?? []), attempt];
    return attempt;
  }

  /** The answer is the gateway's own. */
  answeredByGateway(status: number, code: string): void {
    this.status = status;
    this.code = code;
  }

  /** Bytes that the trace takes, roughly: strings that the configuration shares are not counted. */
  get bytes(): number {
    return (
      baseBytes +
      this.path.length +
      this.requestId.length +
      (this.rounds?.length ?? 0) * roundBytes +
      this.passedByCount * passedByBytes
    );
  }

  #keep(passedBy: readonly PassedBy[]): readonly PassedBy[] {
    const kept = passedBy.slice(0, maxPassedBy - this.passedByCount);
    this.passedByCount += kept.length;
    this.leftOut += passedBy.length - kept.length;
    return kept;
  }
}

const baseBytes = 400;
const roundBytes = 300;
const passedByBytes = 64;
