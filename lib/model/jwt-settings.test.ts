import { describe, expect, it } from "vitest";
import { jwtSettingsSchema } from "./jwt-settings.ts";

const least = { issuer: "https://issuer.example", audiences: ["shop"], jwksUrl: "https://issuer.example/jwks" };

describe("JWT settings", () => {
  it("need an issuer, an audience and a JWKS URL, and have the other rules at sound defaults", () => {
    expect(jwtSettingsSchema.parse(least)).toEqual({
      ...least,
      algorithms: ["RS256", "PS256", "ES256", "EdDSA"],
      clockToleranceSeconds: 30,
      scopes: [],
      sandbox: null,
      consumer: null,
      forwardToken: false,
    });
  });

  it.each([
    ["no issuer", { issuer: " " }, "issuer", "cannot be empty"],
    ["no audience", { audiences: [] }, "audiences", "Name at least one audience"],
    ["an empty audience", { audiences: ["shop", ""] }, "audiences.1", "cannot be empty"],
    ["a URL of another kind", { jwksUrl: "file:///etc/passwd" }, "jwksUrl", "http or https URL"],
    ["a URL with credentials", { jwksUrl: "https://me:secret@issuer.example/" }, "jwksUrl", "without a user name"],
    ["a URL with a fragment", { jwksUrl: "https://issuer.example/#keys" }, "jwksUrl", "without a fragment"],
    ["no algorithm", { algorithms: [] }, "algorithms", "Choose at least one"],
    ["an unsigned token", { algorithms: ["none"] }, "algorithms.0", "An algorithm is one of RS256"],
    ["a shared secret", { algorithms: ["RS256", "HS256"] }, "algorithms.1", "shared secret are not accepted"],
    ["a tolerance of an hour", { clockToleranceSeconds: 3_600 }, "clockToleranceSeconds", "0 to 600"],
    [
      "a sandbox claim without values",
      { sandbox: { claim: "env", values: [] } },
      "sandbox.values",
      "at least one value",
    ],
    [
      "a tier that is no name",
      { consumer: { claim: "sub", rateTier: "a b" } },
      "consumer.rateTier",
      "A name begins with",
    ],
    ["a scope of two words", { scopes: ["read write"] }, "scopes.0", "one word"],
    ["a URL with letters that no request has", { jwksUrl: "https://a.example/ü" }, "jwksUrl", "%C3%BC"],
    ["a rule that there is not", { leeway: 5 }, "", "leeway"],
  ])("refuse %s and say where", (_, given, path, message) => {
    const issues = jwtSettingsSchema.safeParse({ ...least, ...given }).error?.issues ?? [];
    expect(issues.map((issue) => issue.path.join("."))).toEqual([path]);
    expect(issues[0]?.message).toContain(message);
  });
});
