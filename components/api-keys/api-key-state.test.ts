import { describe, expect, it } from "vitest";
import { apiKeyState, expiresSoonMs } from "./api-key-state.ts";

const now = new Date("2026-11-23T12:00:00Z");
const inMs = (ms: number) => new Date(now.getTime() + ms);

describe("the state of an API key", () => {
  it.each([
    ["that never expires", null, "active"],
    ["with more than a week left", inMs(expiresSoonMs), "active"],
    ["with less than a week left", inMs(expiresSoonMs - 1), "expires-soon"],
    ["with a moment left", inMs(1), "expires-soon"],
    ["that ends now", now, "expired"],
    ["that has ended", inMs(-1), "expired"],
  ])("%s", (_, expiresAt, expected) => {
    expect(apiKeyState({ expiresAt }, now)).toBe(expected);
  });
});
