import { describe, expect, it } from "vitest";
import { corpus } from "./corpus.ts";
import { fuzzOptions } from "./options.ts";
import { Random } from "./random.ts";
import { runTarget } from "./run-target.ts";
import { fuzzTargets } from "./targets.ts";

const inputs: Record<string, number> = {
  "request-head": 40_000,
  "response-head": 40_000,
  chunks: 20_000,
  "node-parser": 1_000,
  "relay-requests": 400,
  "relay-responses": 400,
};

describe("inputs of all kinds", () => {
  it.each(fuzzTargets().map(({ target }) => [target.name, target.promise, target] as const))(
    "%s: %s",
    async (name, _promise, target) => {
      const options = { seed: 1, inputs: inputs[name] ?? 0, seconds: 60, now: () => performance.now() };
      const result = await runTarget(target, options);
      expect(result.findings).toEqual([]);
      expect(result.inputs).toBe(inputs[name]);
    },
    90_000,
  );

  it("are the same for the same seed", () => {
    for (const { target } of fuzzTargets()) {
      expect(target.make(new Random(7))).toBe(target.make(new Random(7)));
      const made = new Set(Array.from({ length: 50 }, (_, seed) => target.make(new Random(seed))));
      expect(made.size).toBeGreaterThan(40);
    }
  });
});

describe("what was found once", () => {
  it.each(corpus)("stays mended: $wrong", async ({ target: name, input }) => {
    const target = fuzzTargets().find(({ target }) => target.name === name)?.target;
    if (!target) throw new Error(`there is no target ${name}`);
    const result = await runTarget(
      { ...target, lanes: 1, make: () => input },
      { seed: 1, inputs: 1, seconds: 30, now: () => performance.now() },
    );
    expect(result.findings).toEqual([]);
  });
});

describe("the options", () => {
  it.each([
    [["nothing"], "There is no target nothing. There are: chunks."],
    [["--seconds", "0"], "--seconds is 0; it must be a whole number from 1 to 3600."],
    [["--inputs", "1.5"], "--inputs is 1.5; it must be a whole number from 1 to 1000000000."],
  ])("%j are refused in words", (args, message) => {
    expect(() => fuzzOptions(args, ["chunks"])).toThrow(message);
  });
});
