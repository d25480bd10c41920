import { describe, expect, it } from "vitest";
import { endpointConfigSchema, endpointsOf, maxGroupMembers, maxTiers } from "./endpoint-config.ts";
import { findEndpointGroup } from "./endpoint-group.ts";
import { mapEndpoints } from "./map-endpoints.ts";

let next = 0;
const endpoint = () => ({ id: `endpoint-${++next}`, url: "http://backend.example/" });
const members = (count: number) => Array.from({ length: count }, endpoint);
const tiers = (...sizes: number[]) => sizes.map((size, index) => ({ id: `tier-${index}`, members: members(size) }));

function tiered(production: object[], more: object = {}) {
  return {
    kind: "tiered",
    protocol: "rest",
    algorithm: "round-robin",
    session: { kind: "none" },
    production,
    ...more,
  };
}

function issuesOf(config: object): { path: string; message: string }[] {
  const parsed = endpointConfigSchema.safeParse(config);
  return (parsed.error?.issues ?? []).map(({ path, message }) => ({ path: path.join("."), message }));
}

describe("a tiered group", () => {
  it.each([[[1, 1]], [[3, 2, 1]], [Array.from({ length: maxTiers }, () => 1)], [[maxGroupMembers - 1, 1]]])(
    "may have pools of %j endpoints",
    (sizes) => {
      expect(issuesOf(tiered(tiers(...sizes)))).toEqual([]);
    },
  );

  it.each([
    ["one pool", tiers(2), "production", "needs a primary pool and a backup pool"],
    ["nine pools", tiers(1, 1, 1, 1, 1, 1, 1, 1, 1), "production", "at most 8 pools"],
    ["an empty pool", tiers(1, 0), "production.1.members", "needs at least one endpoint"],
    ["too many endpoints in all", tiers(60, 41), "production", "at most 100 endpoints"],
    ["a pool twice", [...tiers(1), ...tiers(1)], "production.1.id", "share one id"],
  ])("does not have %s", (_what, pools, path, message) => {
    expect(issuesOf(tiered(pools))).toEqual([{ path, message: expect.stringContaining(message) }]);
  });

  it("does not have one endpoint id in two pools", () => {
    const [twin] = members(1);
    const pools = [
      { id: "one", members: [twin] },
      { id: "two", members: [twin] },
    ];
    expect(issuesOf(tiered(pools))).toEqual([
      { path: "production.1.members.0.id", message: "Two endpoints of a group share one id." },
    ]);
  });

  const config = endpointConfigSchema.parse(
    tiered(tiers(2, 1), { session: { kind: "client-id" }, slowStartMs: 5_000 }),
  );

  it("serves by its tiers in order, and always fails over", () => {
    const [a, b, c] = endpointsOf(config, "production");
    expect(findEndpointGroup(config, "production")).toMatchObject({
      kind: "tiered",
      tiers: [[a, b], [c]],
      session: { kind: "client-id", timeoutMs: 120_000 },
      mayFailOver: true,
      slowStartMs: 5_000,
    });
    expect(findEndpointGroup(config, "sandbox")).toBeUndefined();
  });

  it("has each of its endpoints changed in its place", () => {
    const changed = mapEndpoints(config, (one) => ({ ...one, weight: 3 }));
    expect(endpointsOf(changed, "production").map(({ weight }) => weight)).toEqual([3, 3, 3]);
    expect(endpointConfigSchema.parse(changed)).toMatchObject({ production: [{ id: "tier-0" }, { id: "tier-1" }] });
  });
});
