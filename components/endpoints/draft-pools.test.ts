import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endpointConfigSchema, endpointsOf } from "@/lib/model/endpoint-config.ts";
import { type DraftChange, draftAfter } from "./draft-change.ts";
import { mergeDrafts } from "./draft-merge.ts";
import { dropTargets, placeOfDrop, stepFrom } from "./draft-pools.ts";
import { draftIssues, problemsAtFields } from "./draft-problems.ts";
import { configFromDraft, draftFromConfig, type EndpointsDraft, poolsOf } from "./endpoints-draft.ts";
import { endpoint, endpointConfigs } from "./testing/endpoint-configs.ts";

const keyType = "production";

/** A draft whose pools are written as "ab|c|", from a configuration of any kind. */
function draftOf(pools: string): EndpointsDraft {
  const members = [...pools.replaceAll("|", "")].map((id) => endpoint(id));
  const [first = endpoint("x"), ...others] = members;
  const draft = draftFromConfig(balanced(members.length > 0 ? members : [first]), () => "blank");
  const groups = pools.split("|");
  const poolAt = (id: string) => `p${groups.findIndex((group) => group.includes(id)) + 1}`;
  const inPool = (one: typeof first) => ({ ...one, pool: poolAt(one.id) });
  return {
    ...draft,
    kind: "tiered",
    production: {
      enabled: true,
      endpoints: [inPool(first), ...others.map(inPool)],
      pools: groups.map((_, index) => `p${index + 1}`),
    },
  };
}

function balanced(production: ReturnType<typeof endpoint>[], kind = "load-balance") {
  const [primary, ...failovers] = production;
  const shared = { protocol: "rest", kind };
  if (kind === "failover") return endpointConfigSchema.parse({ ...shared, production: { primary, failovers } });
  const session = { kind: "none" };
  return endpointConfigSchema.parse({ ...shared, algorithm: "round-robin", session, failover: true, production });
}

const shape = ({ production }: EndpointsDraft) =>
  poolsOf(production)
    .map(({ endpoints }) => endpoints.map(({ id }) => id).join(""))
    .join("|");

const changed = (draft: EndpointsDraft, ...changes: DraftChange[]) => changes.reduce(draftAfter, draft);
const chooseTiered = { type: "choose-kind", kind: "tiered" } as const;

describe("choosing Tiered", () => {
  const members = (ids: string) => [...ids].map((id) => endpoint(id));
  const from = (ids: string, kind: string) => draftFromConfig(balanced(members(ids), kind), () => "blank");

  it.each([
    ["load-balance", "abc", "abc|"],
    ["failover", "abc", "a|b|c"],
    ["failover", "abcdefghij", "a|b|c|d|e|f|g|hij"],
  ])("makes of %s of %s the pools %s", (kind, ids, expected) => {
    expect(shape(changed(from(ids, kind), chooseTiered))).toBe(expected);
  });

  it("puts the first endpoint of an API without one in the primary pool", () => {
    const draft = changed(
      draftFromConfig(null, () => "blank"),
      chooseTiered,
    );
    expect(shape(draft)).toBe("blank|");
  });

  it("finds the pools again that were left, with what was added and reordered meanwhile", () => {
    const left = changed(draftOf("ab|c"), { type: "choose-kind", kind: "load-balance" });
    expect(shape(changed(left, chooseTiered))).toBe("ab|c");
    const added = changed(left, { type: "add", keyType, endpoint: endpoint("d") });
    expect(shape(changed(added, chooseTiered))).toBe("ab|cd");
    const reordered = changed(left, { type: "move", keyType, id: "c", position: 0 });
    expect(shape(changed(reordered, chooseTiered))).toBe("ca|b");
  });
});

describe("a pool", () => {
  it("gets what is added to it at its end", () => {
    const change = { type: "add", keyType, endpoint: { ...endpoint("x"), pool: "p1" } } as const;
    expect(shape(changed(draftOf("ab|c"), change))).toBe("abx|c");
  });

  it("is added behind the others, moved with its endpoints, and taken out with them", () => {
    const added = changed(draftOf("ab|c"), { type: "add-pool", keyType, id: "new" });
    expect(shape(added)).toBe("ab|c|");
    expect(shape(changed(added, { type: "move-pool", keyType, id: "p1", index: 1 }))).toBe("c|ab|");
    expect(shape(changed(added, { type: "remove-pool", keyType, id: "p2" }))).toBe("ab|");
  });

  it("comes back where it was, with its endpoints", () => {
    const draft = draftOf("ab|c|d");
    const [, pool] = poolsOf(draft.production);
    const without = changed(draft, { type: "remove-pool", keyType, id: "p2" });
    const back = { type: "add-pool", keyType, id: "p2", index: 1, endpoints: pool?.endpoints ?? [] } as const;
    expect(changed(without, back)).toEqual(draft);
  });

  it("stays when it holds every endpoint of the group", () => {
    expect(shape(changed(draftOf("ab|"), { type: "remove-pool", keyType, id: "p1" }))).toBe("ab|");
  });

  it("is told to be empty at the pool itself", () => {
    const draft = draftOf("ab|");
    const { pools, groups } = problemsAtFields(draft, draftIssues(draft));
    expect([...pools]).toEqual([["production.p2", expect.stringContaining("needs at least one endpoint")]]);
    expect(groups).toEqual({});
  });
});

describe("an endpoint moved by keyboard", () => {
  it.each([
    ["ab|c", "b", -1, "ba|c"],
    ["ab|c", "b", 1, "a|bc"],
    ["ab|c", "c", -1, "abc|"],
    ["ab||c", "b", 1, "a|b|c"],
    ["ab|c", "a", -1, "ab|c"],
    ["ab|c", "c", 1, "ab|c"],
  ] as const)("in %s: %s by %i gives %s", (pools, id, by, expected) => {
    const draft = draftOf(pools);
    const place = stepFrom(
      draft.production,
      draft.production.endpoints.findIndex((one) => one.id === id),
      by,
    );
    expect(shape(place ? changed(draft, { type: "move", keyType, id, ...place }) : draft)).toBe(expected);
  });
});

describe("an endpoint dropped", () => {
  it.each([
    ["ab|c", "a", "b", "ba|c"],
    ["ab|c", "a", "c", "b|ca"],
    ["ab|c", "c", "a", "cab|"],
    ["ab|c", "c", "pool:p1", "cab|"],
    ["ab|c", "a", "pool:p2", "b|ac"],
    ["ab|c", "c", "pool:p2", "abc|"],
    ["ab||c", "b", "pool:p2", "a|b|c"],
  ])("in %s: %s on %s gives %s", (pools, id, over, expected) => {
    const draft = draftOf(pools);
    const place = placeOfDrop(dropTargets(draft.production, true), id, over);
    expect(shape(place ? changed(draft, { type: "move", keyType, id, ...place }) : draft)).toBe(expected);
  });

  it("in one list goes where it is dropped", () => {
    expect(placeOfDrop(["a", "b", "c"], "a", "c")).toEqual({ position: 2 });
    expect(placeOfDrop(["a", "b", "c"], "a", "a")).toBeUndefined();
  });
});

describe("merging two people's pools", () => {
  const drafts = endpointConfigs.map((config) => draftFromConfig(config, () => "blank"));

  it("loses no endpoint that the merged form shows", () => {
    fc.assert(
      fc.property(drafts, drafts, drafts, (base, theirs, mine) => {
        const merged = { ...mergeDrafts(base, theirs, mine) };
        if (merged.kind !== "tiered" || !merged.production.enabled || merged.production.pools.length === 0) return;
        const shown = merged.production.endpoints.map(({ id }) => id);
        expect(endpointsOf(configFromDraft(merged), "production").map(({ id }) => id)).toEqual(shown);
      }),
    );
  });

  it("puts an endpoint of a pool that I took out, and they worked on, with the one before it", () => {
    const base = draftOf("ab|c|d");
    const theirs = changed(base, { type: "set-url", keyType, id: "c", url: "http://theirs/" });
    const mine = changed(
      base,
      { type: "remove-pool", keyType, id: "p2" },
      { type: "add", keyType, endpoint: endpoint("c") },
    );
    expect(shape(mergeDrafts(base, theirs, mine))).toBe("ab|dc");
  });
});
