import { describe, expect, it } from "vitest";
import {
  parameterLines,
  parametersOfLines,
  securityIssues,
  withSecurity,
  withType,
} from "./endpoint-security-values.ts";
import { draftFromConfig } from "./endpoints-draft.ts";

const blank = draftFromConfig(null, () => "a");

describe("endpoint security in the form", () => {
  it("keeps what was typed for one type while another is chosen", () => {
    const basic = { ...withType({}, "BASIC"), username: "u", password: "p" };
    expect(withType(withType(basic, "OAUTH"), "BASIC")).toMatchObject({ type: "BASIC", username: "u", password: "p" });
    expect(withType(basic, "NONE")).toMatchObject({ enabled: false, username: "u" });
  });

  it("stays when the endpoint type changes, and keeps the other key type's", () => {
    const draft = withSecurity(withSecurity(blank, "sandbox", { type: "NONE" }), "production", { type: "BASIC" });
    expect(draft.extra).toEqual({ endpoint_security: { sandbox: { type: "NONE" }, production: { type: "BASIC" } } });
  });

  it("is complained of before it is sent, but for secrets that may be stored", () => {
    const draft = withSecurity(blank, "production", { ...withType({}, "BASIC"), username: "", password: "" });
    expect(securityIssues(draft).map(({ path }) => path)).toEqual(["endpoint_security.production.username"]);
    expect(securityIssues({ ...draft, production: { ...draft.production, enabled: false } })).toEqual([]);
  });

  it("has custom parameters as lines", () => {
    const parameters = { audience: "a=b", empty: "" };
    expect(parametersOfLines(`${parameterLines(parameters)}\n\n =x`)).toEqual(parameters);
    expect(parameterLines('{"a":{"value":"1","secured":"true"}}')).toBe("a=1");
  });
});
