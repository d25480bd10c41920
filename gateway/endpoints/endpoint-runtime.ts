import type { Endpoint } from "../../lib/model/endpoint-config.ts";
import { defaultEndpointPolicy, type EndpointPolicy, endpointPolicy } from "../../lib/model/endpoint-policy.ts";
import { type ErrorCode, errorCodes } from "../../lib/model/error-code.ts";
import { afterOutcome, type EndpointState, freshState, isReady, switchedOff, switchedOn } from "./endpoint-state.ts";
import { type EndpointTarget, endpointTarget } from "./endpoint-target.ts";
import { isCounted, type Outcome } from "./outcome.ts";
import type { Selection } from "./selection.ts";

/** The last error of an endpoint, `at` in ms of the monotonic clock. */
export type LastError = { code: ErrorCode; at: number; message: string };

/** A probe that has not ended this long after every timeout of its attempt gives its place up, ms. */
const probeMarginMs = 10_000;

/**
 * One endpoint of one group as it lives at this gateway: its state, and what happened to it. Requests change it through
 * {@link begin} and {@link end} alone.
 */
export class EndpointRuntime {
  readonly id: string;
  readonly url: string;
  readonly target: EndpointTarget;
  #policy: EndpointPolicy;
  #state: EndpointState = freshState();
  #lastError: LastError | undefined;
  #requests = 0;
  #failures = 0;
  readonly #open = new Set<Selection>();
  #probe: { selection: Selection; until: number } | undefined;

  constructor(endpoint: Endpoint) {
    this.id = endpoint.id;
    this.url = endpoint.url;
    this.target = endpointTarget(endpoint.url);
    this.#policy = policyOf(endpoint);
  }

  get policy(): EndpointPolicy {
    return this.#policy;
  }

  get state(): EndpointState {
    return this.#state;
  }

  get requests(): number {
    return this.#requests;
  }

  get failures(): number {
    return this.#failures;
  }

  /** Attempts that have begun and not ended. */
  get inFlight(): number {
    return this.#open.size;
  }

  get lastError(): LastError | undefined {
    return this.#lastError;
  }

  /** New settings work from the next outcome on; the state stays. */
  applySettings(endpoint: Endpoint): void {
    this.#policy = policyOf(endpoint);
  }

  isReady(now: number): boolean {
    return isReady(this.#state, now);
  }

  /** Half open: whether one request is finding out if the endpoint is well again. A probe ends with its episode. */
  isBeingProbed(now: number): boolean {
    const probe = this.#probe;
    return probe !== undefined && probe.selection.episode === this.#state.episode && now < probe.until;
  }

  /** Begins an attempt. The first one at an endpoint that is ready but not ACTIVE is its probe. */
  begin(viaSession: boolean, now: number): Selection {
    const probing = this.#state.kind !== "active" && !this.isBeingProbed(now);
    const selection: Selection = {
      kind: "selection",
      endpoint: this,
      episode: this.#state.episode,
      probing,
      viaSession,
    };
    if (probing) {
      const { connectTimeoutMs, responseTimeoutMs } = this.#policy;
      this.#probe = { selection, until: now + connectTimeoutMs + responseTimeoutMs + probeMarginMs };
    }
    this.#requests += 1;
    this.#open.add(selection);
    return selection;
  }

  /** Ends an attempt; ending it a second time changes nothing. */
  end(selection: Selection, outcome: Outcome, now: number): void {
    if (!this.#open.delete(selection)) return;
    if (this.#probe?.selection === selection) this.#probe = undefined;
    if (outcome.kind === "error" && isCounted(outcome.code)) {
      this.#failures += 1;
      this.#lastError = { code: outcome.code, at: now, message: errorCodes[outcome.code] };
    }
    this.#state = afterOutcome(this.#state, selection.episode, outcome, this.#policy, now);
  }

  switchOff(): void {
    this.#state = switchedOff(this.#state);
  }

  switchOn(): void {
    this.#state = switchedOn(this.#state);
  }
}

/** Most endpoints have no settings of their own: they share one policy, however many there are. */
function policyOf({ settings }: Endpoint): EndpointPolicy {
  return Object.keys(settings).length === 0 ? defaultEndpointPolicy : endpointPolicy(settings);
}
