import type { EndpointRuntime } from "./endpoint-runtime.ts";
import { smoothSchedule } from "./smooth-schedule.ts";

/** What keeps the picking request from having an endpoint; it tells the request. */
export type Obstructs = (endpoint: EndpointRuntime) => boolean;

/** Where a rotation is, in memory that all threads share. Under the group's lock. */
export type Pointer = { read: () => number; write: (value: number) => void };

/**
 * Exact weighted round robin over one tier. Turns are tested from the pointer on, and the pointer moves past every one
 * that was tested, the chosen one included; when none may be had it has moved on by one. Source: Synapse `RoundRobin`.
 * An endpoint that came back lets turns pass while it warms up, unless there is no other.
 */
export class Rotation {
  readonly endpoints: readonly EndpointRuntime[];
  readonly #pointer: Pointer;
  readonly #turns: readonly number[];

  constructor(endpoints: readonly EndpointRuntime[], pointer: Pointer) {
    this.endpoints = endpoints;
    this.#pointer = pointer;
    this.#turns = smoothSchedule(endpoints.map(({ weight }) => weight));
  }

  pick(obstructs: Obstructs, onWarming: (endpoint: EndpointRuntime) => void, now: number): EndpointRuntime | undefined {
    const count = this.#turns.length;
    // Another thread's list may have been longer a moment ago.
    const start = this.#pointer.read() % count;
    let warming: EndpointRuntime | undefined;
    for (let tested = 0; tested < count; tested += 1) {
      const turn = (start + tested) % count;
      const endpoint = this.#at(turn);
      if (!endpoint || obstructs(endpoint)) continue;
      if (endpoint.letsTurnPass(now)) {
        warming ??= endpoint;
        onWarming(endpoint);
        continue;
      }
      this.#pointer.write((turn + 1) % count);
      return endpoint;
    }
    this.#pointer.write((start + 1) % count);
    return warming;
  }

  /** Whose turn it is stays so; if that endpoint is gone, it is the turn of the next one that stayed. */
  continueFrom(previous: Rotation): void {
    const start = this.#pointer.read();
    for (let step = 0; step < previous.#turns.length; step += 1) {
      const candidate = previous.#at((start + step) % previous.#turns.length);
      const turn = this.#turns.findIndex((index) => this.endpoints[index]?.id === candidate?.id);
      if (turn === -1) continue;
      // The very same rotation is where it was, also between several turns of one endpoint.
      this.#pointer.write(this.#isLike(previous) ? start : turn);
      return;
    }
    this.#pointer.write(0);
  }

  #isLike(other: Rotation): boolean {
    return (
      this.#turns.length === other.#turns.length &&
      this.#turns.every((_, turn) => this.#at(turn)?.id === other.#at(turn)?.id)
    );
  }

  #at(turn: number): EndpointRuntime | undefined {
    const index = this.#turns[turn];
    return index === undefined ? undefined : this.endpoints[index];
  }
}
