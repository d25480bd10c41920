import type { ApiLive, LiveEndReason } from "@/lib/model/api-live.ts";
import type { SwitchPosition } from "@/lib/model/endpoint-switch.ts";
import { type MemberLive, type MemberState, membersOf } from "./member-live.ts";

/** How the stream is. `ended`: the publisher has ended it for good. */
export type LiveConnection =
  | { kind: "connecting" | "open" | "unavailable" | "lost" }
  | { kind: "ended"; reason: LiveEndReason };

/** A member that changed its state, for those who hear the page instead of seeing it. */
export type StateChange = { url: string; state: MemberState };

const positionStates = { off: "off", drain: "draining", on: "ready" } as const satisfies Record<
  SwitchPosition,
  MemberState
>;
/** What was asked for is shown for so long at most, until gateways tell of it themselves, ms. */
const pendingMs = 4_000;

/**
 * What a page knows of an API's endpoints. Each member is told of its own changes alone: in a list of a hundred, one
 * row is drawn when one endpoint is suspended.
 */
export class LiveStore {
  #connection: LiveConnection = { kind: "connecting" };
  #live: ApiLive | undefined;
  #members = new Map<string, { signature: string; member: MemberLive }>();
  readonly #pending = new Map<string, { position: SwitchPosition; shown: MemberLive | undefined }>();
  readonly #listeners = new Set<() => void>();
  #changes: readonly StateChange[] = [];

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get connection(): LiveConnection {
    return this.#connection;
  }

  get live(): ApiLive | undefined {
    return this.#live;
  }

  /** The members that changed their state last. */
  get changes(): readonly StateChange[] {
    return this.#changes;
  }

  member(key: string): MemberLive | undefined {
    return this.#pending.get(key)?.shown ?? this.#members.get(key)?.member;
  }

  connect(connection: LiveConnection): void {
    this.#connection = connection;
    this.#tell();
  }

  /** @param receivedAt ms of `performance.now()` */
  receive(live: ApiLive, receivedAt: number): void {
    const before = this.#members;
    const changes: StateChange[] = [];
    this.#members = new Map();
    for (const [key, member] of membersOf(live, receivedAt)) {
      const known = before.get(key);
      // The same instant seen from another moment is no change, and would only make a countdown jump.
      const signature = JSON.stringify(member, (name, value: unknown) => (name === "until" ? undefined : value));
      const next = known?.signature === signature && sameInstant(known.member, member) ? known.member : member;
      this.#members.set(key, { signature, member: next });
      if (known && known.member.state !== member.state) changes.push({ url: member.url, state: member.state });
      const pending = this.#pending.get(key);
      if (pending && positionStates[pending.position] === member.state) this.#pending.delete(key);
    }
    if (changes.length > 0) this.#changes = changes;
    this.#live = live;
    this.#connection = { kind: "open" };
    this.#tell();
  }

  /** Shows a switch where it is to be, until gateways tell of it; the function takes that back. */
  expect(key: string, position: SwitchPosition): () => void {
    const member = this.#members.get(key)?.member;
    const pending = { position, shown: member && { ...member, state: positionStates[position], until: undefined } };
    const takeBack = () => {
      if (this.#pending.get(key) !== pending) return;
      this.#pending.delete(key);
      this.#tell();
    };
    this.#pending.set(key, pending);
    setTimeout(takeBack, pendingMs);
    this.#tell();
    return takeBack;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Two countdowns to one instant differ by how long their documents travelled, ms. */
const travelMs = 1_000;

function sameInstant(one: MemberLive, other: MemberLive): boolean {
  const pairs = [
    [one.until, other.until],
    ...one.gateways.map(({ until }, index) => [until, other.gateways[index]?.until]),
  ];
  return pairs.every(([a, b]) => a === b || (a !== undefined && b !== undefined && Math.abs(a - b) < travelMs));
}
