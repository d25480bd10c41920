import { describe, expect, it } from "vitest";
import { OctetPool } from "./octet-pool.ts";

const octets = (bytes: number, value: number) => Buffer.alloc(bytes, value);

describe("memory for pieces", () => {
  it("is a copy, and is used again once it is given back", () => {
    const pool = new OctetPool();
    const source = octets(64 * 1024, 1);
    const first = pool.copyOf(source, 10, 20_010);
    source.fill(2);
    expect(first.equals(octets(20_000, 1))).toBe(true);
    const second = pool.copyOf(source, 0, 64 * 1024);
    expect(second.buffer).not.toBe(first.buffer);
    pool.giveBack(first);
    const third = pool.copyOf(source, 0, 64 * 1024);
    expect(third.buffer).toBe(first.buffer);
    expect(third.equals(source)).toBe(true);
  });

  it("of more than one read is a copy as well, and is not kept", () => {
    const pool = new OctetPool();
    const large = pool.copyOf(octets(96 * 1024, 3), 0, 96 * 1024);
    expect(large.equals(octets(96 * 1024, 3))).toBe(true);
    pool.giveBack(large);
    expect(pool.copyOf(octets(10, 4), 0, 10).equals(octets(10, 4))).toBe(true);
  });
});
