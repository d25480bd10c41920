import type { HealthCheck } from "../../lib/model/group-settings.ts";
import type { HealthResult } from "./health-request.ts";
import { afterCheck, freshHealth, type HealthState } from "./health-state.ts";
import type { CheckedGroup, HealthTarget } from "./health-target.ts";

/** Intervals are varied by so much in either direction, so that the checks of many endpoints do not fall together. */
const jitter = 0.1;

/** The checks of one endpoint: when the next one is due, and what those so far have found. */
export class EndpointCheck {
  readonly endpoint: HealthTarget;
  readonly group: Pick<CheckedGroup, "apiId" | "keyType">;
  readonly #random: () => number;
  readonly #onDue: (check: EndpointCheck) => void;
  #settings: HealthCheck;
  #state: HealthState = freshHealth;
  #timer: NodeJS.Timeout | undefined;
  /** Gives up the check that is under way. */
  #running: AbortController | undefined;

  /** @param random from 0 to below 1 */
  constructor(
    group: CheckedGroup,
    endpoint: HealthTarget,
    settings: HealthCheck,
    random: () => number,
    onDue: (check: EndpointCheck) => void,
  ) {
    this.group = { apiId: group.apiId, keyType: group.keyType };
    this.endpoint = endpoint;
    this.#settings = settings;
    this.#random = random;
    this.#onDue = onDue;
    this.#begin();
  }

  get settings(): HealthCheck {
    return this.#settings;
  }

  get isDown(): boolean {
    return this.#state.kind === "down";
  }

  /** Works by new settings from now on. What was found so far holds until checks find something else. */
  apply(settings: HealthCheck): void {
    if (settings === this.#settings) return;
    const isSame = JSON.stringify(settings) === JSON.stringify(this.#settings);
    this.#settings = settings;
    if (isSame) return;
    this.#state = this.isDown ? { kind: "down", successes: 0 } : freshHealth;
    if (this.#running) this.#running.abort();
    else this.#begin();
  }

  /**
   * A check begins: there is no other until it has ended.
   *
   * @returns what gives it up, with the endpoint's checks or when they are about something else from now on
   */
  start(): AbortSignal {
    clearTimeout(this.#timer);
    this.#running = new AbortController();
    return this.#running.signal;
  }

  /**
   * A check has ended, and the next one is due an interval after its beginning.
   *
   * @param tookMs how long ago it began
   * @returns how what is known of the endpoint has changed, if it has
   */
  ended(result: HealthResult, tookMs: number): "down" | "up" | undefined {
    this.#running = undefined;
    if (result.kind === "void") {
      this.#begin();
      return undefined;
    }
    const { intervalMs } = this.#settings;
    this.#wait(intervalMs * (1 - jitter + 2 * jitter * this.#random()) - tookMs);
    const before = this.#state;
    this.#state = afterCheck(before, result.kind === "success", this.#settings);
    if (before.kind === this.#state.kind || this.#state.kind === "doubted") return undefined;
    return this.#state.kind;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
  }

  /** The first check comes at any moment of the first interval: not all of them at once after a start. */
  #begin(): void {
    this.#wait(this.#settings.intervalMs * this.#random());
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#onDue(this), Math.max(0, ms)).unref();
  }
}
