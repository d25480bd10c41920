import { expect, it } from "vitest";
import { durationInWords } from "./duration-words.ts";

it.each([
  [0, "0 milliseconds"],
  [1, "1 millisecond"],
  [300, "300 milliseconds"],
  [1_000, "1 second"],
  [1_500, "1.5 seconds"],
  [60_000, "1 minute"],
  [90_000, "1 minute 30 seconds"],
  [120_000, "2 minutes"],
  [3_600_000, "1 hour"],
  [90_061_000, "1 day 1 hour"],
  [2_147_483_647, "24 days 20 hours"],
])("%d ms reads %j", (ms, words) => {
  expect(durationInWords(ms)).toBe(words);
});
