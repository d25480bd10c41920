import { expect, it } from "vitest";
import { remainingWords } from "./watch-words.ts";

it.each([
  [271_000, "Another 4 min 31 s."],
  [60_000, "Another 1 min 0 s."],
  [900, "Another 1 s."],
  [0, "Its time is over"],
])("with %d ms left says how long a change is watched", (remainingMs, words) => {
  expect(remainingWords(remainingMs)).toContain(words);
});
