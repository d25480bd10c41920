import type { Slot } from "../memory/shared-slots.ts";
import type { EndpointState } from "./endpoint-state.ts";

/** Minutes that are counted one by one: the current one and five before it. */
export const countedMinutes = 6;
const minuteMs = 60_000;

/** Places of whole numbers in the slot. */
const at = {
  kind: 0,
  episode: 1,
  retriesLeft: 2,
  hasSeries: 3,
  isDraining: 4,
  isFoundDown: 5,
  probe: 6,
  probesEver: 7,
  lastErrorCode: 8,
  isWarming: 9,
  inFlight: 10,
  /** Each of these three takes {@link countedMinutes} places. */
  minute: 11,
  minuteRequests: 17,
  minuteFailures: 23,
} as const;

/** Places of floating-point numbers in the slot. */
const times = {
  nextRetry: 0,
  durationMs: 1,
  probeUntil: 2,
  lastErrorAt: 3,
  requests: 4,
  failures: 5,
  warmSince: 6,
  warmCredit: 7,
  seriesMs: 8,
} as const;

const kinds = ["active", "timeout", "suspended", "off"] as const;

/** Requests and failures in one minute, `ago` minutes before the current one. */
export type MinuteCount = { ago: number; requests: number; failures: number };

/**
 * What all threads know of one endpoint, in a slot of shared memory that is all zeros for one that is fresh. Everybody
 * holds the group's lock while reading or writing. Times are ms of the monotonic clock.
 */
export class EndpointRecord {
  readonly #ints: Int32Array<SharedArrayBuffer>;
  readonly #floats: Float64Array<SharedArrayBuffer>;
  readonly #int: number;
  readonly #float: number;

  constructor({ ints, floats, int, float }: Slot) {
    this.#ints = ints;
    this.#floats = floats;
    this.#int = int;
    this.#float = float;
  }

  get kind(): EndpointState["kind"] {
    return kinds[this.#read("kind")] ?? "active";
  }

  get episode(): number {
    return this.#read("episode");
  }

  get nextRetry(): number {
    return this.#time("nextRetry");
  }

  get state(): EndpointState {
    const { kind, episode, nextRetry } = this;
    if (kind === "active" || kind === "off") return { kind, episode };
    const retriesLeft = this.#read("retriesLeft");
    const seriesMs = this.#read("hasSeries") === 1 ? this.#time("seriesMs") : undefined;
    if (kind === "timeout") return { kind, episode, retriesLeft, nextRetry, seriesMs };
    return { kind, episode, retriesLeft, nextRetry, durationMs: this.#time("durationMs"), seriesMs };
  }

  set state(state: EndpointState) {
    this.#write("kind", kinds.indexOf(state.kind));
    this.#write("episode", state.episode);
    if (state.kind !== "timeout" && state.kind !== "suspended") return;
    this.#write("retriesLeft", state.retriesLeft);
    this.#setTime("nextRetry", state.nextRetry);
    this.#write("hasSeries", state.seriesMs === undefined ? 0 : 1);
    this.#setTime("seriesMs", state.seriesMs ?? 0);
    if (state.kind === "suspended") this.#setTime("durationMs", state.durationMs);
  }

  get isDraining(): boolean {
    return this.#read("isDraining") === 1;
  }

  set isDraining(is: boolean) {
    this.#write("isDraining", is ? 1 : 0);
  }

  get isFoundDown(): boolean {
    return this.#read("isFoundDown") === 1;
  }

  set isFoundDown(is: boolean) {
    this.#write("isFoundDown", is ? 1 : 0);
  }

  get inFlight(): number {
    return this.#read("inFlight");
  }

  get requests(): number {
    return this.#time("requests");
  }

  get failures(): number {
    return this.#time("failures");
  }

  /** Whether somebody's probe is under way; one that takes too long does not count. */
  isBeingProbed(now: number): boolean {
    return this.#read("probe") !== 0 && now < this.#time("probeUntil");
  }

  /** Begins a probe; its number ends it. */
  beginProbe(until: number): number {
    // Wraps round after two thousand million probes, and never to 0.
    const probe = (this.#read("probesEver") % 0x7fff_fffe) + 1;
    this.#write("probesEver", probe);
    this.#write("probe", probe);
    this.#setTime("probeUntil", until);
    return probe;
  }

  /** Ends a probe if it is still the one under way. */
  endProbe(probe: number): void {
    if (this.#read("probe") === probe) this.#write("probe", 0);
  }

  forgetProbe(): void {
    this.#write("probe", 0);
  }

  countRequest(now: number): void {
    this.#add("requests");
    this.#count("minuteRequests", now);
    this.#write("inFlight", this.inFlight + 1);
  }

  countEnd(): void {
    this.#write("inFlight", Math.max(0, this.inFlight - 1));
  }

  forgetInFlight(): void {
    this.#write("inFlight", 0);
  }

  countFailure(code: number, now: number): void {
    this.#add("failures");
    this.#count("minuteFailures", now);
    this.#write("lastErrorCode", code);
    this.#setTime("lastErrorAt", now);
  }

  get lastError(): { code: number; at: number } | undefined {
    const code = this.#read("lastErrorCode");
    return code === 0 ? undefined : { code, at: this.#time("lastErrorAt") };
  }

  /** The minutes that are still counted, the oldest first; those without a request are left out. */
  minutes(now: number): MinuteCount[] {
    const current = Math.floor(now / minuteMs);
    const counts: MinuteCount[] = [];
    for (let minute = Math.max(0, current - countedMinutes + 1); minute <= current; minute += 1) {
      const place = minute % countedMinutes;
      if (this.#ints[this.#int + at.minute + place] !== minute + 1) continue;
      const requests = this.#ints[this.#int + at.minuteRequests + place] ?? 0;
      const failures = this.#ints[this.#int + at.minuteFailures + place] ?? 0;
      counts.push({ ago: current - minute, requests, failures });
    }
    return counts;
  }

  get isWarming(): boolean {
    return this.#read("isWarming") === 1;
  }

  get warmSince(): number {
    return this.#time("warmSince");
  }

  beginWarming(now: number): void {
    this.#write("isWarming", 1);
    this.#setTime("warmSince", now);
    this.#setTime("warmCredit", 0);
  }

  endWarming(): void {
    this.#write("isWarming", 0);
  }

  /** Adds to what a warming endpoint has saved up; whether it is enough for a turn, which then is spent. */
  earnsTurn(share: number): boolean {
    const credit = this.#time("warmCredit") + share;
    this.#setTime("warmCredit", credit >= 1 ? credit - 1 : credit);
    return credit >= 1;
  }

  #count(field: "minuteRequests" | "minuteFailures", now: number): void {
    const minute = Math.floor(now / minuteMs);
    const place = minute % countedMinutes;
    const stamp = this.#int + at.minute + place;
    // Numbered from 1 on: a slot of zeros has counted nothing.
    if (this.#ints[stamp] !== minute + 1) {
      this.#ints[stamp] = minute + 1;
      this.#ints[this.#int + at.minuteRequests + place] = 0;
      this.#ints[this.#int + at.minuteFailures + place] = 0;
    }
    const index = this.#int + at[field] + place;
    this.#ints[index] = (this.#ints[index] ?? 0) + 1;
  }

  #read(field: keyof typeof at): number {
    return this.#ints[this.#int + at[field]] ?? 0;
  }

  #write(field: keyof typeof at, value: number): void {
    this.#ints[this.#int + at[field]] = value;
  }

  #time(field: keyof typeof times): number {
    return this.#floats[this.#float + times[field]] ?? 0;
  }

  #setTime(field: keyof typeof times, value: number): void {
    this.#floats[this.#float + times[field]] = value;
  }

  #add(field: "requests" | "failures"): void {
    this.#setTime(field, this.#time(field) + 1);
  }
}
