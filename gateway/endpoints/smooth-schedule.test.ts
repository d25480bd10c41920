import fc from "fast-check";
import { expect, it } from "vitest";
import { smoothSchedule } from "./smooth-schedule.ts";

it.each([
  { weights: [1], turns: "0" },
  { weights: [1, 1, 1], turns: "0 1 2" },
  { weights: [7, 7], turns: "0 1" },
  // The example of nginx's own commit message: a a b a c a a.
  { weights: [5, 1, 1], turns: "0 0 1 0 2 0 0" },
  { weights: [3, 2, 1], turns: "0 1 0 2 1 0" },
  { weights: [20, 10, 10], turns: "0 1 2 0" },
])("takes turns by the weights $weights", ({ weights, turns }) => {
  expect(smoothSchedule(weights).join(" ")).toBe(turns);
});

it("gives every member exactly its share, never far behind at any moment", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 }), (weights) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const turns = smoothSchedule(weights);
      const had = weights.map(() => 0);
      for (const [index, member] of turns.entries()) {
        had[member] = (had[member] ?? 0) + 1;
        for (const [each, weight] of weights.entries()) {
          const due = ((index + 1) * weight) / total;
          expect(Math.abs((had[each] ?? 0) - due)).toBeLessThan(weights.length);
        }
      }
      expect(had.map((count) => count * total)).toEqual(weights.map((weight) => weight * turns.length));
    }),
  );
});
