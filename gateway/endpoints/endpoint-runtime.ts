import { createHash } from "node:crypto";
import type { PassedByReason } from "../../lib/model/decision-record.ts";
import type { Endpoint } from "../../lib/model/endpoint-config.ts";
import { defaultEndpointPolicy, type EndpointPolicy, endpointPolicy } from "../../lib/model/endpoint-policy.ts";
import type { SwitchPosition } from "../../lib/model/endpoint-switch.ts";
import { type EndpointTarget, endpointTarget } from "../../lib/model/endpoint-target.ts";
import { errorCodeText } from "../../lib/model/error-code.ts";
import type { EndpointTls } from "../certificates/endpoint-tls.ts";
import type { EndpointCredentials } from "../credentials/endpoint-credentials.ts";
import type { SharedLock } from "../memory/shared-lock.ts";
import type { Slot } from "../memory/shared-slots.ts";
import { EndpointRecord, type MinuteCount } from "./endpoint-record.ts";
import { afterOutcome, type EndpointState, freshState, isReady, switchedOff, switchedOn } from "./endpoint-state.ts";
import { isCounted, type Outcome } from "./outcome.ts";
import type { Selection } from "./selection.ts";

/** The last error of an endpoint, `at` in ms of the monotonic clock. */
export type LastError = { code: number; at: number; message: string };

/** Everything there is to show of an endpoint at one moment. Times in ms of the monotonic clock. */
export type EndpointView = {
  state: EndpointState;
  isDraining: boolean;
  isFoundDown: boolean;
  /** While it is given less than its share, after it came back. */
  warmingUntil: number | undefined;
  lastError: LastError | undefined;
  requests: number;
  failures: number;
  inFlight: number;
  minutes: readonly MinuteCount[];
};

/** A probe that has not ended this long after every timeout of its attempt gives its place up, ms. */
const probeMarginMs = 10_000;

/**
 * One endpoint of one group. What is true of it at this gateway stands in shared memory, under the group's lock: the
 * group holds it where a method says so, every other method takes it.
 */
export class EndpointRuntime {
  readonly id: string;
  readonly url: string;
  /** Of new connections to it; undefined: nothing special. */
  tls: EndpointTls | undefined;
  /** What requests show to it; undefined: nothing. */
  credentials: EndpointCredentials | undefined;
  readonly #record: EndpointRecord;
  readonly #lock: SharedLock;
  #policy: EndpointPolicy;
  #weight: number;
  #slowStartMs = 0;
  #tag: number | undefined;
  #target: EndpointTarget | undefined;

  constructor(endpoint: Endpoint, slowStartMs: number, slot: Slot, lock: SharedLock) {
    this.id = endpoint.id;
    this.url = endpoint.url;
    this.#policy = policyOf(endpoint);
    this.#weight = endpoint.weight ?? 1;
    this.#slowStartMs = slowStartMs;
    this.#record = new EndpointRecord(slot);
    this.#lock = lock;
  }

  /** The URL taken apart, once somebody needs it. */
  get target(): EndpointTarget {
    this.#target ??= endpointTarget(this.url);
    return this.#target;
  }

  get policy(): EndpointPolicy {
    return this.#policy;
  }

  get weight(): number {
    return this.#weight;
  }

  /** A number that stands for the id where memory is short; 48 bits of its SHA-256, never 0. */
  get tag(): number {
    this.#tag ??= createHash("sha256").update(this.id).digest().readUIntBE(0, 6) + 1;
    return this.#tag;
  }

  get state(): EndpointState {
    return this.#locked(() => this.#record.state);
  }

  /** Whether it is suspended, timed out, off or found down. Without the lock: for counting many, where a moment ago will do. */
  get isOut(): boolean {
    const { kind, isFoundDown } = this.#record;
    return kind !== "active" || isFoundDown;
  }

  get requests(): number {
    return this.#locked(() => this.#record.requests);
  }

  get failures(): number {
    return this.#locked(() => this.#record.failures);
  }

  /** Attempts that have begun and not ended. */
  get inFlight(): number {
    return this.#locked(() => this.#record.inFlight);
  }

  get lastError(): LastError | undefined {
    return this.#locked(() => this.#lastError());
  }

  view(now: number): EndpointView {
    return this.#locked(() => {
      const record = this.#record;
      const { state, isDraining, isFoundDown, requests, failures, inFlight } = record;
      const warmingUntil = record.isWarming ? record.warmSince + this.#slowStartMs : 0;
      return {
        state,
        isDraining,
        isFoundDown,
        warmingUntil: warmingUntil > now ? warmingUntil : undefined,
        lastError: this.#lastError(),
        requests,
        failures,
        inFlight,
        minutes: record.minutes(now),
      };
    });
  }

  /** New settings work from the next outcome on; the state stays. */
  applySettings(endpoint: Endpoint, slowStartMs: number): void {
    this.#policy = policyOf(endpoint);
    this.#weight = endpoint.weight ?? 1;
    this.#slowStartMs = slowStartMs;
  }

  /** Puts it into a position that a person chose. */
  setPosition(position: SwitchPosition, now: number): void {
    switch (position) {
      case "on":
        this.switchOn(now);
        break;
      case "off":
        this.switchOff();
        break;
      case "drain":
        this.drain();
    }
  }

  /** OFF: nothing goes there until it is switched on. */
  switchOff(): void {
    this.#locked(() => {
      this.#record.state = switchedOff(this.#record.state);
      this.#record.isDraining = false;
      this.#record.forgetProbe();
    });
  }

  /** A fresh ACTIVE. */
  switchOn(now?: number): void {
    this.#locked(() => {
      this.#record.state = switchedOn(this.#record.state);
      this.#record.isDraining = false;
      this.#record.forgetProbe();
      if (now !== undefined) this.#warmUp(now);
    });
  }

  /** Sessions that it has go on; nothing new goes there. */
  drain(): void {
    this.#locked(() => {
      if (this.#record.kind === "off") this.#record.state = switchedOn(this.#record.state);
      this.#record.isDraining = true;
    });
  }

  /** Active checks have found it down: it is passed by. */
  markDown(): void {
    this.#locked(() => {
      this.#record.isFoundDown = true;
    });
  }

  /** Active checks have found it up: a suspension ends now. Switched off, it stays so. */
  markUp(now: number): void {
    this.#locked(() => {
      const record = this.#record;
      const wasOut = record.isFoundDown || record.kind === "suspended";
      record.isFoundDown = false;
      if (record.kind === "off") return;
      if (record.kind !== "active") record.state = freshState(record.episode + 1);
      record.forgetProbe();
      if (wasOut) this.#warmUp(now);
    });
  }

  /** Its connections are made in another way now: what was learnt of it the old way says nothing. Switched off, it stays so. */
  forgetFailures(): void {
    this.#locked(() => {
      const record = this.#record;
      if (record.kind === "off" || record.kind === "active") return;
      record.state = freshState(record.episode + 1);
      record.forgetProbe();
    });
  }

  /** A thread has died with attempts under way. */
  forgetInFlight(): void {
    this.#locked(() => this.#record.forgetInFlight());
  }

  /** Why it may not be tried now, or undefined. Under the group's lock. */
  obstacle(viaSession: boolean, now: number): PassedByReason | undefined {
    const record = this.#record;
    if (record.isFoundDown) return record.kind === "off" ? "off" : "found-down";
    switch (record.kind) {
      case "active":
        break;
      case "off":
        return "off";
      case "timeout":
      case "suspended":
        if (now < record.nextRetry) return record.kind;
    }
    return !viaSession && record.isDraining ? "draining" : undefined;
  }

  /** When the obstacle ends by itself, if it does. Under the group's lock. */
  get obstacleUntil(): number | undefined {
    const { kind, isFoundDown, nextRetry } = this.#record;
    return !isFoundDown && (kind === "timeout" || kind === "suspended") ? nextRetry : undefined;
  }

  /** Half open: whether one request is finding out if the endpoint is well again. Under the group's lock. */
  isBeingProbed(now: number): boolean {
    return this.#record.kind !== "active" && this.#record.isBeingProbed(now);
  }

  /** Whether an endpoint that came back lets this turn pass. Under the group's lock. */
  letsTurnPass(now: number): boolean {
    const record = this.#record;
    if (!record.isWarming) return false;
    const share = this.#slowStartMs > 0 ? (now - record.warmSince) / this.#slowStartMs : 1;
    if (share < 1) return !record.earnsTurn(share);
    record.endWarming();
    return false;
  }

  /** Begins an attempt. The first one at an endpoint that is ready but not ACTIVE is its probe. Under the group's lock. */
  begin(viaSession: boolean, now: number): Selection {
    const record = this.#record;
    const probing = record.kind !== "active" && !record.isBeingProbed(now);
    const { connectTimeoutMs, responseTimeoutMs } = this.#policy;
    const probe = probing ? record.beginProbe(now + connectTimeoutMs + responseTimeoutMs + probeMarginMs) : 0;
    record.countRequest(now);
    return { kind: "selection", endpoint: this, episode: record.episode, probing, probe, viaSession, isSettled: false };
  }

  /**
   * Ends an attempt; ending it a second time changes nothing. Under the group's lock.
   *
   * @returns the state that it was in, when that is another one now
   */
  end(selection: Selection, outcome: Outcome, now: number): EndpointState["kind"] | undefined {
    if (selection.isSettled) return undefined;
    selection.isSettled = true;
    const record = this.#record;
    record.countEnd();
    if (selection.probe !== 0) record.endProbe(selection.probe);
    if (outcome.kind === "error" && isCounted(outcome.code)) record.countFailure(outcome.code, now);
    if (outcome.kind === "success" && record.kind === "active") return undefined;
    const before = record.state;
    const after = afterOutcome(before, selection.episode, outcome, this.#policy, now);
    if (after === before) return undefined;
    record.state = after;
    record.forgetProbe();
    if (before.kind === "suspended" && after.kind === "active") this.#warmUp(now);
    return after.kind === before.kind ? undefined : before.kind;
  }

  #warmUp(now: number): void {
    if (this.#slowStartMs > 0) this.#record.beginWarming(now);
  }

  #lastError(): LastError | undefined {
    const error = this.#record.lastError;
    return error && { ...error, message: errorCodeText(error.code) };
  }

  #locked<Value>(read: () => Value): Value {
    this.#lock.acquire();
    try {
      return read();
    } finally {
      this.#lock.release();
    }
  }

  /** Whether it may be tried now, probes of others aside. */
  isReady(now: number): boolean {
    return this.#locked(() => isReady(this.#record.state, now) && !this.#record.isFoundDown);
  }
}

/** Most endpoints have no settings of their own: they share one policy, however many there are. */
function policyOf({ settings }: Endpoint): EndpointPolicy {
  return Object.keys(settings).length === 0 ? defaultEndpointPolicy : endpointPolicy(settings);
}
