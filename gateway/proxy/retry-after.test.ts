import { expect, it } from "vitest";
import { retryAfterMs } from "./retry-after.ts";

const now = Date.UTC(1994, 10, 6, 8, 49, 30);

it.each<[string, number | undefined]>([
  ["0", 0],
  ["7", 7_000],
  [" 120 ", 120_000],
  ["Sun, 06 Nov 1994 08:49:37 GMT", 7_000],
  ["Sunday, 06-Nov-94 08:49:37 GMT", 7_000],
  ["Sun Nov  6 08:49:37 1994", 7_000],
  ["Sun, 06 Nov 1994 08:49:23 GMT", 0],
  ["Tuesday, 01-Jan-45 00:00:00 GMT", 0],
  ["Saturday, 01-Jan-44 00:00:00 GMT", Date.UTC(2044, 0, 1) - now],
  ["", undefined],
  ["-7", undefined],
  ["1.5", undefined],
  ["soon", undefined],
  ["1994-11-06T08:49:37Z", undefined],
  ["Sun, 06 Nov 1994 08:49:37 CET", undefined],
  ["Sun, 99 Nov 1994 08:49:37 GMT", undefined],
])("Retry-After %j means %s ms", (value, expected) => {
  expect(retryAfterMs(["Content-Type", "text/plain", "retry-after", value], now)).toBe(expected);
});

it("is undefined where the endpoint says nothing", () => {
  expect(retryAfterMs(["Content-Type", "text/plain"], now)).toBeUndefined();
});

it("believes a number of any length", () => {
  expect(retryAfterMs(["Retry-After", "9".repeat(400)], now)).toBe(Number.POSITIVE_INFINITY);
});
