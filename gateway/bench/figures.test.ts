import { describe, expect, it } from "vitest";
import { failedIn, medianOf, ratioOf } from "./figures.ts";
import { median, percentile } from "./statistics.ts";

const lane = (title: string, cpu: (number | undefined)[]) => ({
  contender: title,
  title,
  rounds: cpu.map((cpuMicros, index) => ({ cpuMicros, failed: index, residentBytes: 1 })),
});

describe("the median", () => {
  it.each([
    [[3], 3],
    [[5, 1, 3], 3],
    [[4, 1, 3, 2], 2.5],
    [[100, 9, 10], 10],
  ])("of %j is %d", (numbers, expected) => {
    expect(median(numbers)).toBe(expected);
  });

  it("of nothing is not a number", () => {
    expect(median([])).toBeNaN();
  });
});

it.each([
  [0.5, 50],
  [0.99, 99],
  [1, 100],
  [0, 1],
])("takes the percentile %d of a hundred numbers", (share, expected) => {
  const numbers = Array.from({ length: 100 }, (_, index) => index + 1);
  expect(percentile(numbers, share)).toBe(expected);
});

describe("a ratio", () => {
  it("is that of rounds that ran side by side, so that what slowed both does not count", () => {
    expect(ratioOf(lane("ours", [20, 400, 22]), lane("nginx", [10, 200, 11]), "cpuMicros")).toBe(2);
  });

  it("leaves rounds out in which one of both was not measured", () => {
    expect(ratioOf(lane("ours", [20, 99]), lane("nginx", [10, undefined]), "cpuMicros")).toBe(2);
  });
});

it("adds failed requests up, and has no median of what a case does not measure", () => {
  expect(failedIn(lane("ours", [1, 2, 3]))).toBe(3);
  expect(medianOf(lane("ours", [undefined]), "cpuMicros")).toBeNaN();
});
