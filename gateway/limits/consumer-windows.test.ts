import { describe, expect, it } from "vitest";
import { ConsumerWindows, consumerMemory, releaseConsumers } from "./consumer-windows.ts";

const limit = { requests: 3, windowMs: 60_000 };
const at = (memory: SharedArrayBuffer, thread = 2) => new ConsumerWindows(memory, thread, limit);
const takes = (windows: ConsumerWindows, consumer: string, now = 1_000) => windows.of(consumer, now).take(now);

describe("the windows of consumers", () => {
  it("are one for each, whichever thread counts", () => {
    const memory = consumerMemory();
    const [one, other] = [at(memory), at(memory, 3)];
    expect([takes(one, "ann"), takes(other, "ann"), takes(one, "bob"), takes(other, "ann")]).toEqual(
      Array(4).fill(true),
    );
    expect([takes(one, "ann"), takes(other, "ann"), takes(other, "bob")]).toEqual([false, false, true]);
  });

  it("are told apart by the thousand", () => {
    const windows = at(consumerMemory());
    const names = Array.from({ length: 1_000 }, (_, index) => `consumer ${index}`);
    for (const name of names) for (let turn = 0; turn < 3; turn += 1) expect(takes(windows, name)).toBe(true);
    expect(names.filter((name) => takes(windows, name))).toEqual([]);
  });

  it("are bounded: who was not heard of for longest begins anew, and nobody who is heard of", () => {
    const windows = at(consumerMemory());
    for (let turn = 0; turn < 3; turn += 1) takes(windows, "busy");
    for (let index = 0; index < 20_000; index += 1) {
      takes(windows, `passer-by ${index}`, 1_000 + index);
      windows.of("busy", 1_000 + index);
    }
    expect(takes(windows, "busy", 21_000)).toBe(false);
  });

  it("are not what another consumer counted, once their place is somebody else's", () => {
    const memory = consumerMemory();
    const [one, other] = [at(memory), at(memory, 3)];
    for (let index = 0; index < 20_000; index += 1) takes(one, `first ${index}`, index);
    const fresh = Array.from({ length: 100 }, (_, index) => `second ${index}`);
    expect(fresh.every((name) => takes(other, name, 30_000))).toBe(true);
    expect(fresh.every((name) => takes(one, name, 30_000))).toBe(true);
    expect(fresh.every((name) => takes(other, name, 30_000))).toBe(true);
    expect(fresh.some((name) => takes(one, name, 30_000))).toBe(false);
  });

  it("are freed of a thread that died while it counted", () => {
    const memory = consumerMemory();
    new Int32Array(memory, 0, 1)[0] = 7;
    releaseConsumers(memory, 7);
    expect(takes(at(memory), "ann")).toBe(true);
  });
});
