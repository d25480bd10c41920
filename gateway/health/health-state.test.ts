import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterCheck, freshHealth, type HealthState } from "./health-state.ts";

/** The kinds an endpoint goes through under checks written as + and -. */
function kinds(checks: string, thresholds: { rise: number; fall: number }): string {
  let state: HealthState = freshHealth;
  return [...checks]
    .map((check) => {
      state = afterCheck(state, check === "+", thresholds);
      return { up: "u", doubted: "?", down: "D" }[state.kind];
    })
    .join("");
}

describe("an endpoint", () => {
  it.each<[string, number, number, string, string]>([
    ["is up before anything fails", 2, 3, "+++", "uuu"],
    ["is down after as many failures in a row as fall says", 2, 3, "---", "??D"],
    ["is down at once where fall is 1", 2, 1, "-", "D"],
    ["is not down while failures are not in a row", 3, 3, "--+--+--", "????????"],
    ["is up again after as many successes in a row as rise says", 2, 1, "-++", "DDu"],
    ["is up again at once where rise is 1", 1, 1, "-+-+", "DuDu"],
    ["stays down while successes are not in a row", 2, 1, "-+-+-++", "DDDDDDu"],
    ["is no longer doubted after as many successes as rise says", 2, 3, "--++-", "???u?"],
    ["begins to count failures anew after it was up", 1, 2, "-+--", "?u?D"],
    ["stays down however long it fails", 2, 2, "-----++", "?DDDDDu"],
  ])("%s (rise %i, fall %i): %s → %s", (_title, rise, fall, checks, expected) => {
    expect(kinds(checks, { rise, fall })).toBe(expected);
  });

  it("is down when the last `fall` checks failed and up when the last `rise` succeeded, whatever came before", () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { maxLength: 60 }),
        fc.record({ rise: fc.integer({ min: 1, max: 5 }), fall: fc.integer({ min: 1, max: 5 }) }),
        (checks, thresholds) => {
          let state: HealthState = freshHealth;
          for (const [index, check] of checks.entries()) {
            state = afterCheck(state, check, thresholds);
            const seen = checks.slice(0, index + 1);
            const { rise, fall } = thresholds;
            if (seen.length >= fall && seen.slice(-fall).every((one) => !one)) expect(state.kind).toBe("down");
            if (seen.length >= rise && seen.slice(-rise).every((one) => one)) expect(state.kind).toBe("up");
            if (!seen.includes(false)) expect(state).toBe(freshHealth);
          }
        },
      ),
    );
  });

  it("follows thresholds that were changed between two checks", () => {
    const down = afterCheck(freshHealth, false, { rise: 5, fall: 1 });
    expect(afterCheck(down, true, { rise: 1, fall: 1 }).kind).toBe("up");
    const doubted = afterCheck(freshHealth, false, { rise: 1, fall: 5 });
    expect(afterCheck(doubted, false, { rise: 1, fall: 2 }).kind).toBe("down");
  });
});
