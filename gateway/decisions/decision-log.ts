import { keptFailures } from "../../lib/model/api-statistics.ts";
import { type DecisionRecord, hasFailed, keptRequests } from "../../lib/model/decision-record.ts";
import type { KeyType } from "../../lib/model/endpoint-config.ts";
import type { PassedBy } from "../endpoints/passed-by.ts";
import { decisionDocument } from "./decision-document.ts";
import { DecisionTrace, maxPathLength } from "./decision-trace.ts";
import { TraceRing } from "./trace-ring.ts";

export type DecisionLogOptions = {
  gatewayId: string;
  /** ms since the epoch. */
  wallClock: () => number;
  /** Origin of an endpoint that is configured now, for those a record knows by id alone. */
  findOrigin: (apiId: string, keyType: KeyType, endpointId: string) => string | undefined;
  /** Requests kept whatever became of them; of those that failed, more are kept beside. */
  maxRecent?: number;
  maxFailed?: number;
  /** Logs of this gateway: they share the bytes it may take, because any of them may serve most of its requests. */
  logs?: number;
};

/** What a list of requests is limited to. */
export type RequestFilter = { apiId?: string; failed?: boolean; limit: number };

/** Most requests that a list has. */
export const maxListedRequests = 100;

/** Most failures that are taken at once; of more, the newest. */
const mostTaken = 500;

/** Bytes that all logs of a gateway may take together. */
const maxRecentBytes = 32 * 1024 * 1024;
const maxFailedBytes = 96 * 1024 * 1024;

/**
 * How this gateway decided its last requests. Requests write into it as they go; a request is found once it has ended.
 * What it holds is bounded in number and in bytes, whatever clients send.
 */
export class DecisionLog {
  readonly #options: DecisionLogOptions;
  readonly #recent: TraceRing;
  readonly #failed: TraceRing;
  /** For one choice after the other: choosing does not wait, so requests never have it at the same time. */
  readonly passedBy: PassedBy[] = [];
  #sequence = 0;
  #takenUpTo = 0;

  constructor(options: DecisionLogOptions) {
    const { logs = 1 } = options;
    this.#options = options;
    this.#recent = new TraceRing(options.maxRecent ?? keptRequests.recent, maxRecentBytes / logs);
    this.#failed = new TraceRing(options.maxFailed ?? keptRequests.failed, maxFailedBytes / logs);
  }

  /** The head of a request has arrived. @param now ms of the monotonic clock */
  begin(
    method: string,
    incoming: { requestId: string; path: string; search: string },
    isUpgrade: boolean,
    now: number,
  ): DecisionTrace {
    const { requestId, path, search } = incoming;
    // A part of a string keeps the whole of it alive; that of a short one costs less than a copy.
    const own = path.length + search.length > 2 * maxPathLength ? detached(path) : path;
    return new DecisionTrace(requestId, method, own, isUpgrade, now, this.#options.wallClock());
  }

  /** What came could not be read as a request, and was answered with an error. @param now ms of the monotonic clock */
  refused(requestId: string, error: { status: number; code: string }, now: number): void {
    const trace = new DecisionTrace(requestId, "", "", false, now, this.#options.wallClock());
    trace.answeredByGateway(error.status, error.code);
    this.end(trace, error.status, true, 0);
  }

  /**
   * A request has ended: from now on it is found.
   *
   * @param status what the client got; 499 when it left before
   * @param isWhole whether the client got all of the answer
   */
  end(trace: DecisionTrace, status: number, isWhole: boolean, durationMs: number): void {
    trace.status = status;
    trace.isWhole = isWhole;
    trace.durationMs = durationMs;
    this.#sequence += 1;
    trace.sequence = this.#sequence;
    this.#recent.add(trace);
    if (hasFailed(status, trace.code)) this.#failed.add(trace);
  }

  /** The newest request that came with an id, if it is kept, and how many are. @param apiId looks at one API's alone */
  find(requestId: string, apiId?: string): DecisionRecord | undefined {
    let newest: DecisionTrace | undefined;
    let sameId = 0;
    for (const trace of this.#all()) {
      if (trace.requestId !== requestId || (apiId !== undefined && trace.apiId !== apiId)) continue;
      newest ??= trace;
      sameId += 1;
    }
    return newest && { ...this.document(newest), sameId };
  }

  /** The last requests, newest first. Failed ones reach back further than the others. */
  recent({ apiId, failed = false, limit }: RequestFilter): DecisionRecord[] {
    const records: DecisionRecord[] = [];
    for (const trace of failed ? this.#failed.newestFirst() : this.#all()) {
      if (records.length >= Math.min(limit, maxListedRequests)) break;
      if (apiId === undefined || trace.apiId === apiId) records.push(this.document(trace));
    }
    return records;
  }

  /** The newest requests to APIs that have failed since this was last asked, oldest first. */
  takeFailures(): DecisionRecord[] {
    const taken: DecisionRecord[] = [];
    const ofApi = new Map<string, number>();
    for (const trace of this.#failed.newestFirst()) {
      if (trace.sequence <= this.#takenUpTo || taken.length >= mostTaken) break;
      if (trace.apiId === undefined) continue;
      const count = (ofApi.get(trace.apiId) ?? 0) + 1;
      ofApi.set(trace.apiId, count);
      if (count <= keptFailures.perApi) taken.push(this.document(trace));
    }
    this.#takenUpTo = this.#sequence;
    return taken.reverse();
  }

  /** What is noted of a request so far. */
  document(trace: DecisionTrace): DecisionRecord {
    const { gatewayId, findOrigin } = this.#options;
    return decisionDocument(trace, gatewayId, findOrigin);
  }

  *#all(): Generator<DecisionTrace> {
    let oldest = Number.POSITIVE_INFINITY;
    for (const trace of this.#recent.newestFirst()) {
      oldest = trace.sequence;
      yield trace;
    }
    for (const trace of this.#failed.newestFirst()) if (trace.sequence < oldest) yield trace;
  }
}

/** A string of its own, of no more than is kept and one character that says that it is cut. */
function detached(path: string): string {
  return Buffer.from(path.slice(0, maxPathLength + 1), "latin1").toString("latin1");
}
