import { describe, expect, it } from "vitest";
import { latencyWords, memoryWords, rateWords, uptimeWords } from "./figure-words.ts";

describe("the figures of a gateway in words", () => {
  it.each([
    [0, "0 s"],
    [59_999, "59 s"],
    [61_000, "1 min 1 s"],
    [3_600_000, "1 h"],
    [(3 * 86_400 + 4 * 3_600 + 59 * 60) * 1_000, "3 d 4 h"],
    [-5_000, "0 s"],
  ])("has run for %i ms: %s", (ms, expected) => {
    expect(uptimeWords(ms)).toBe(expected);
  });

  it.each([
    [327_155_712, "312 MiB"],
    [0, "0 KiB"],
    [24 * 2 ** 10, "24 KiB"],
    [2 ** 31, "2.0 GiB"],
  ])("%i bytes are %s", (bytes, expected) => {
    expect(memoryWords(bytes)).toBe(expected);
  });

  it.each([
    [null, "—"],
    [0.84, "0.8 ms"],
    [119.6, "120 ms"],
    [1_500, "1.5 s"],
  ])("%j ms are %s", (ms, expected) => {
    expect(latencyWords(ms)).toBe(expected);
  });

  it.each([
    [0, "0"],
    [0.44, "0.4"],
    [1_250.4, "1,250"],
  ])("%d a second are %s", (rate, expected) => {
    expect(rateWords(rate)).toBe(expected);
  });
});
