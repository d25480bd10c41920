import { describe, expect, it } from "vitest";
import { draftIssues, problemsAtFields } from "./draft-problems.ts";
import { type DraftEndpoint, draftFromConfig, type EndpointsDraft } from "./endpoints-draft.ts";
import { endpoint } from "./testing/endpoint-configs.ts";

const blank = draftFromConfig(null, () => "blank");
const withProduction = (
  kind: EndpointsDraft["kind"],
  endpoints: readonly [DraftEndpoint, ...DraftEndpoint[]],
): EndpointsDraft => ({ ...blank, kind, production: { ...blank.production, endpoints } });

const problems = (draft: EndpointsDraft) => problemsAtFields(draft, draftIssues(draft));

describe("what is wrong with the form", () => {
  it("is nothing when it can be saved", () => {
    expect(draftIssues(withProduction("single", [endpoint("a")]))).toEqual([]);
  });

  it("stands at the URL of the member that has it, whatever the kind", () => {
    for (const kind of ["load-balance", "failover"] as const) {
      const found = problems(withProduction(kind, [endpoint("a"), endpoint("b", { url: "ftp://b" })]));
      expect([...found.urls.keys()]).toEqual(["production.b"]);
      expect(found.urls.get("production.b")).toContain("http://");
    }
  });

  it("stands at the first URL, which both fields show", () => {
    for (const kind of ["single", "load-balance", "failover"] as const) {
      const found = problems(withProduction(kind, [endpoint("a", { url: "" }), endpoint("b")]));
      expect([...found.urls.keys()]).toEqual(["production.a"]);
    }
  });

  it("stands at the group when it has no failover endpoint", () => {
    expect(problems(withProduction("failover", [endpoint("a")])).groups.production).toContain(
      "needs at least one failover endpoint",
    );
  });

  it("belongs to the whole form when no key type is enabled", () => {
    const nothing = { ...blank, production: { ...blank.production, enabled: false } };
    expect(problems(nothing).form).toContain("Enable the production endpoint");
  });

  it.each([
    ["production.1.url", "urls"],
    ["production.1.settings.retryDelayMs", "settings"],
  ] as const)("from the server at %s is shown at the member's %s", (path, where) => {
    const draft = withProduction("load-balance", [endpoint("a"), endpoint("b")]);
    const found = problemsAtFields(draft, [{ path, message: "No." }]);
    expect(found[where].get("production.b")).toBe("No.");
  });

  it("is told at the dialog when it is the session timeout", () => {
    const draft = withProduction("load-balance", [endpoint("a")]);
    expect(problems({ ...draft, session: { kind: "transport", timeoutMs: 0 } }).session).toContain("at least 1 ms");
  });
});
