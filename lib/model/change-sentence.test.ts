import { describe, expect, it } from "vitest";
import { changeSentence } from "./change-sentence.ts";

describe("a change as a sentence", () => {
  it.each([
    ["API-key security", "on", "off", "API key no longer required"],
    ["API-key security", "off", "on", "API key required"],
    ["Default version", "no", "yes", "Now the default version"],
    ["Default version", "yes", "no", "No longer the default version"],
    ["Session Timeout", "120,000 ms", "60,000 ms", "Session Timeout 120,000 → 60,000 ms"],
    ["Session Timeout", undefined, "60,000 ms", "Session Timeout set to 60,000 ms"],
    ["Slow start", "20,000 ms", undefined, "Slow start 20,000 ms no longer set"],
    ["Endpoint Type", "None", "Failover", "Endpoint Type None → Failover"],
    ["Production endpoint 2", "http://b.example", undefined, "Production endpoint 2 http://b.example removed"],
    ["Sandbox endpoint", undefined, "http://s.example", "Sandbox endpoint http://s.example added"],
    ["Production endpoint", "http://a.x", "http://b.x", "Production endpoint http://a.x → http://b.x"],
    ["Tag", undefined, "food", "Tag food added"],
    ["Description", "", "New.", "Description empty → New."],
    ["Description", "Old.", "", "Description Old. → empty"],
    ["Description", "Old.", "Two\nlines.", "Description changed"],
    ["Description", "x".repeat(61), "y", "Description changed"],
    ["Imported settings kept as they are", undefined, "x".repeat(61), "Imported settings kept as they are set"],
  ])("%s from %j to %j", (subject, before, after, sentence) => {
    expect(changeSentence({ subject, before, after })).toBe(sentence);
  });

  it.each([
    ["a, b", "b, a", "b moved before a"],
    ["a, b, c", "c, a, b", "c moved before a"],
    ["a, b, c", "b, c, a", "a moved to the end"],
    ["a, b, c, d", "d, c, b, a", "now d, c, b, a"],
  ])("tells what moved from %s to %s", (before, after, words) => {
    const subject = "Order of production endpoints";
    expect(changeSentence({ subject, before, after })).toBe(`${subject}: ${words}`);
  });
});
