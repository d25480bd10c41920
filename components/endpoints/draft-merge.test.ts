import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeDrafts } from "./draft-merge.ts";
import { type DraftEndpoint, draftFromConfig, type EndpointsDraft, nonEmpty } from "./endpoints-draft.ts";
import { endpoint, endpointConfigs } from "./testing/endpoint-configs.ts";

const drafts = endpointConfigs.map((config) => draftFromConfig(config, () => "blank"));
const blank = draftFromConfig(null, () => "blank");

function withProduction(endpoints: DraftEndpoint[]): EndpointsDraft {
  return {
    ...blank,
    kind: "load-balance",
    production: { ...blank.production, endpoints: nonEmpty(endpoints) ?? blank.production.endpoints },
  };
}
const list = (ids: string) => withProduction([...ids].map((id) => endpoint(id)));
const ids = (draft: EndpointsDraft) => draft.production.endpoints.map(({ id }) => id).join("");

describe("my edits on top of what somebody else saved", () => {
  it("are mine when they changed nothing, and theirs when I typed nothing", () => {
    fc.assert(
      fc.property(drafts, drafts, (base, other) => {
        expect(mergeDrafts(base, base, other)).toEqual(other);
        expect(mergeDrafts(base, other, base)).toEqual(other);
      }),
    );
  });

  it.each([
    ["abc", "abcx", "abcy", "abcyx", "both added at the end"],
    ["abc", "ac", "abcy", "acy", "they deleted, I added"],
    ["abc", "xabc", "bca", "xbca", "they added in front, I reordered"],
    ["abc", "cba", "abcy", "cyba", "they reordered, I added behind c"],
    ["abc", "cba", "bac", "bac", "both reordered: mine stands"],
    ["abc", "abcx", "ac", "acx", "I deleted, they added"],
    ["abc", "a", "b", "b", "each deleted what the other kept, but for what only I kept"],
  ])("from %s, theirs %s and mine %s give %s (%s)", (base, theirs, mine, result) => {
    expect(ids(mergeDrafts(list(base), list(theirs), list(mine)))).toBe(result);
  });

  it("keep an endpoint that they deleted if I worked on it", () => {
    const mine = withProduction([endpoint("a"), endpoint("b", { url: "http://typed/" })]);
    expect(mergeDrafts(list("ab"), list("a"), mine).production.endpoints).toEqual(mine.production.endpoints);
  });

  it("change an endpoint's URL while theirs change its settings", () => {
    const mine = withProduction([endpoint("a", { url: "http://typed/" })]);
    const theirs = withProduction([endpoint("a", { settings: { retryDelayMs: 7 } })]);
    expect(mergeDrafts(list("a"), theirs, mine).production.endpoints).toEqual([
      { id: "a", url: "http://typed/", settings: { retryDelayMs: 7 } },
    ]);
  });
});
