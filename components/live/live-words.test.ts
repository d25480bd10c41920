import { expect, it } from "vitest";
import { callsInWords, errorWords, remainingWords } from "./live-words.ts";

it.each([
  [-5, "0 s"],
  [1, "1 s"],
  [12_000, "12 s"],
  [59_001, "1 min 0 s"],
  [65_000, "1 min 5 s"],
  [7_380_000, "2 h 3 min"],
])("%i ms that are left read %s", (ms, words) => {
  expect(remainingWords(ms)).toBe(words);
});

it("an error is its code with the words for it", () => {
  expect(errorWords({ code: "101504", message: "Connection timed out" })).toBe("101504 Connection timed out");
});

it("one call is one call", () => {
  expect([callsInWords(1), callsInWords(0), callsInWords(1_204)]).toEqual(["1 call", "0 calls", "1,204 calls"]);
});
