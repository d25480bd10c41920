import type { Endpoint } from "../../lib/model/endpoint-config.ts";
import { type EndpointPolicy, endpointPolicy } from "../../lib/model/endpoint-policy.ts";
import { type ErrorCode, errorCodes } from "../../lib/model/error-code.ts";
import { afterOutcome, type EndpointState, freshState, isReady, switchedOff, switchedOn } from "./endpoint-state.ts";
import { type EndpointTarget, endpointTarget } from "./endpoint-target.ts";
import type { Outcome } from "./outcome.ts";

/** The last error of an endpoint, `at` in ms of the monotonic clock. */
export type LastError = { code: ErrorCode; at: number; message: string };

/** A probe that never ends (its request hangs beyond every timeout) gives its place up after this, ms. */
const probeMarginMs = 10_000;

/** One endpoint of one group as it lives at this gateway: its state, and what happened to it. */
export class EndpointRuntime {
  readonly id: string;
  readonly url: string;
  readonly target: EndpointTarget;
  policy: EndpointPolicy;
  state: EndpointState = freshState();
  lastError: LastError | undefined;
  requests = 0;
  failures = 0;
  #probeUntil = Number.NEGATIVE_INFINITY;

  constructor(endpoint: Endpoint) {
    this.id = endpoint.id;
    this.url = endpoint.url;
    this.target = endpointTarget(endpoint.url);
    this.policy = endpointPolicy(endpoint.settings);
  }

  /** New settings work from the next outcome on; the state stays. */
  applySettings(endpoint: Endpoint): void {
    this.policy = endpointPolicy(endpoint.settings);
  }

  isReady(now: number): boolean {
    return isReady(this.state, now);
  }

  /** Whether its suspension has passed and one request is finding out whether it is well again. */
  isBeingProbed(now: number): boolean {
    return this.state.kind !== "active" && now < this.#probeUntil;
  }

  /** Half open: the next request to an endpoint that is not ACTIVE is the probe. Returns whether this one is. */
  beginAttempt(now: number): boolean {
    this.requests += 1;
    if (this.state.kind === "active") return false;
    if (this.isBeingProbed(now)) return false;
    this.#probeUntil = now + this.policy.connectTimeoutMs + this.policy.responseTimeoutMs + probeMarginMs;
    return true;
  }

  endAttempt(episode: number, probing: boolean, outcome: Outcome, now: number): void {
    if (probing) this.#probeUntil = Number.NEGATIVE_INFINITY;
    if (outcome.kind === "error") {
      this.failures += 1;
      this.lastError = { code: outcome.code, at: now, message: errorCodes[outcome.code] };
    }
    this.state = afterOutcome(this.state, episode, outcome, this.policy, now);
  }

  switchOff(): void {
    this.state = switchedOff(this.state);
  }

  switchOn(): void {
    this.state = switchedOn(this.state);
    this.#probeUntil = Number.NEGATIVE_INFINITY;
  }
}
