import { setTimeout as sleep } from "node:timers/promises";
import { SessionStore } from "../endpoints/sessions/session-store.ts";
import type { Figure } from "./figure.ts";

const sessions = 1_000_000;
const lookups = 200_000;
const rounds = 7;
const maxBytes = 250_000_000;
const timeoutMs = 3_600_000;

/** A million Client IDs: what they take of memory, and what finding one of them costs. */
export async function measureSessions(now: () => number): Promise<Figure[]> {
  const few = SessionStore.create(sessions);
  for (let index = 0; index < 1_000; index += 1) few.bind(keyOf(index), 1, timeoutMs, now());
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  const many = SessionStore.create(sessions);
  for (let index = 0; index < sessions; index += 1) {
    many.bind(keyOf(index), 1, timeoutMs, now());
    if (index % 10_000 === 0) await sleep(0);
  }
  const bytes = process.memoryUsage.rss() - before;
  const timesFew: number[] = [];
  const timesMany: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    timesFew.push(lookupUs(few, 1_000, now));
    timesMany.push(lookupUs(many, sessions, now));
    await sleep(0);
  }
  const [fewUs, manyUs] = [median(timesFew), median(timesMany)];
  return [
    {
      name: "memory of 1,000,000 Client IDs",
      measured: `${Math.round(bytes / 1e6)} MB`,
      bound: "< 250 MB",
      holds: bytes < maxBytes && many.size === sessions,
    },
    {
      name: "finding one among 1,000,000, and among 1,000",
      measured: `${manyUs.toFixed(2)} µs, ${fewUs.toFixed(2)} µs`,
      // A request takes some 200 µs of a core: a hundredth of it cannot be measured from outside.
      bound: "no more than 2 µs apart",
      holds: manyUs - fewUs < 2,
    },
  ];
}

function keyOf(index: number): string {
  return `0123456789abcdefc=client-${index}`;
}

function lookupUs(store: SessionStore, among: number, now: () => number): number {
  const startedAt = now();
  for (let turn = 0; turn < lookups; turn += 1) store.use(keyOf((turn * 7_919) % among), timeoutMs, startedAt);
  return ((now() - startedAt) * 1_000) / lookups;
}

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
