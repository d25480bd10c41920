import { describe, expect, it } from "vitest";
import { draftAfter } from "./draft-change.ts";
import { draftFromConfig, type EndpointsDraft } from "./endpoints-draft.ts";
import { endpoint } from "./testing/endpoint-configs.ts";

const draft = draftFromConfig(
  {
    kind: "failover",
    protocol: "rest",
    retryNonIdempotent: false,
    production: { primary: endpoint("a"), failovers: [endpoint("b"), endpoint("c")] },
  },
  () => "blank",
);
const keyType = "production";
const ids = (of: EndpointsDraft) => of.production.endpoints.map(({ id }) => id).join("");

describe("the members of a group", () => {
  it.each([
    ["a", 1, "bac"],
    ["a", 2, "bca"],
    ["a", 9, "bca"],
    ["c", 0, "cab"],
    ["c", -1, "cab"],
    ["b", 1, "abc"],
    ["unknown", 0, "abc"],
  ])("%s moved to position %d gives %s", (id, position, order) => {
    expect(ids(draftAfter(draft, { type: "move", keyType, id, position }))).toBe(order);
  });

  it("are removed one by one, the next becoming the first, but never the last", () => {
    const two = draftAfter(draft, { type: "remove", keyType, id: "a" });
    expect(ids(two)).toBe("bc");
    const one = draftAfter(two, { type: "remove", keyType, id: "b" });
    expect(ids(draftAfter(one, { type: "remove", keyType, id: "c" }))).toBe("c");
  });

  it("come back where they were", () => {
    const without = draftAfter(draft, { type: "remove", keyType, id: "b" });
    expect(draftAfter(without, { type: "add", keyType, endpoint: endpoint("b"), position: 1 })).toEqual(draft);
  });

  it("take the place that waits to be filled in", () => {
    const after = draftAfter(draft, { type: "add", keyType: "sandbox", endpoint: endpoint("s") });
    expect(after.sandbox.endpoints).toEqual([endpoint("s")]);
  });

  it("keep their id, settings and unknown keys when their URL is edited", () => {
    const settings = { retryDelayMs: 5 };
    const set = draftAfter(draft, { type: "set-settings", keyType, id: "b", settings });
    const after = draftAfter(set, { type: "set-url", keyType, id: "b", url: "http://new/" });
    expect(after.production.endpoints[1]).toEqual({ id: "b", url: "http://new/", settings });
  });
});
