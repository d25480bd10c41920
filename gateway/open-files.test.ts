import { describe, expect, it } from "vitest";
import { connectionsWithin, openFilesLimit } from "./open-files.ts";

describe("connections that a process can serve", () => {
  it("are told by the system", () => {
    expect(openFilesLimit()).toBeGreaterThan(100);
  });

  it.each([
    [20_000, Number.POSITIVE_INFINITY, 20_000],
    [20_000, 1_048_576, 20_000],
    [20_000, 20_000, 15_000],
    [20_000, 1_024, 768],
    [10, 1_024, 10],
    [10, 1, 1],
  ])("are %i at most where %d files may be open: %i", (wanted, files, taken) => {
    expect(connectionsWithin(wanted, files)).toBe(taken);
  });
});
