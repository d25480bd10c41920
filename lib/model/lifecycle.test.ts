import { expect, it } from "vitest";
import { availableTransitions, isLive, lifecycleStates } from "./lifecycle.ts";

it.each([
  ["CREATED", ["Publish"], false],
  ["PUBLISHED", ["Demote to Created", "Block", "Deprecate"], true],
  ["BLOCKED", ["Re-Publish", "Deprecate"], false],
  ["DEPRECATED", ["Retire"], true],
  ["RETIRED", [], false],
] as const)("an API in %s offers %j", (state, events, live) => {
  expect(availableTransitions(state).map((transition) => transition.event)).toEqual(events);
  expect(isLive(state)).toBe(live);
});

it("leads every transition to a state that exists, and never to where it starts", () => {
  for (const state of lifecycleStates) {
    for (const { targetState } of availableTransitions(state)) {
      expect(lifecycleStates).toContain(targetState);
      expect(targetState).not.toBe(state);
    }
  }
});
