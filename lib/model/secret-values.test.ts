import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EndpointConfig, endpointConfigSchema } from "./endpoint-config.ts";
import { mapSecrets, withoutSecrets } from "./secret-values.ts";

function configWith(extra: Record<string, unknown>): EndpointConfig {
  return endpointConfigSchema.parse({
    kind: "load-balance",
    protocol: "rest",
    algorithm: "round-robin",
    session: { kind: "none" },
    failover: true,
    production: [
      { id: "a", url: "http://a.example", extra },
      { id: "b", url: "http://b.example", settingsExtra: extra },
    ],
    extra,
  });
}

describe("secrets inside what is kept without being known", () => {
  it.each([
    [{ password: "x" }, { password: "" }],
    [
      { endpoint_security: { production: { clientSecret: "x", clientId: "y" } } },
      { endpoint_security: { production: { clientSecret: "", clientId: "y" } } },
    ],
    [
      { apiKeyValue: "x", apiKeyIdentifier: "y" },
      { apiKeyValue: "", apiKeyIdentifier: "y" },
    ],
    [{ proxyConfigs: { proxyPassword: "x" } }, { proxyConfigs: { proxyPassword: "" } }],
    [
      { tokenUrl: "http://y", accessToken: "x" },
      { tokenUrl: "http://y", accessToken: "" },
    ],
    [
      { amznSecretKey: "x", amznAccessKey: "y" },
      { amznSecretKey: "", amznAccessKey: "y" },
    ],
    [{ list: [{ password: "x" }] }, { list: [{ password: "" }] }],
    [{ password: 1234 }, { password: "" }],
    [{ secrets: { first: "x", second: ["x"] } }, { secrets: { first: "", second: [""] } }],
    [
      { password: null, enabled: true },
      { password: null, enabled: true },
    ],
    [
      { customParameters: { a: { value: "x", secured: true }, b: { value: "y", secured: false } } },
      { customParameters: { a: { value: "", secured: true }, b: { value: "y", secured: false } } },
    ],
    [
      { customParameters: '{"a":{"value":"x","secured":true}}' },
      { customParameters: '{"a":{"value":"","secured":true}}' },
    ],
    [{ customParameters: "no json" }, { customParameters: "no json" }],
  ])("are found in %j", (extra, expected) => {
    const emptied = mapSecrets(configWith(extra), null, () => "");
    expect(emptied).toEqual(configWith(expected));
    expect(withoutSecrets(extra)).toEqual(expected);
  });

  it("are looked at beside the one at the same place, an endpoint's by its id", () => {
    const before = configWith({ password: "old" });
    const after = configWith({ password: "" });
    if (after.kind === "load-balance") after.production?.reverse();
    const pairs: [string, string][] = [];
    mapSecrets(after, before, (value, other) => {
      pairs.push([value, other]);
      return value;
    });
    expect(pairs).toEqual([
      ["", "old"],
      ["", "old"],
      ["", "old"],
    ]);
  });

  it("are all there is that changes", () => {
    const leaf = fc.oneof(fc.string(), fc.boolean(), fc.constant(null));
    const value = fc.oneof(leaf, fc.array(leaf), fc.dictionary(fc.string(), leaf));
    const key = fc.oneof(fc.string(), fc.constantFrom("password", "customParameters", "token"));
    fc.assert(
      fc.property(fc.dictionary(key, value), (extra) => {
        const config = configWith(extra);
        expect(mapSecrets(config, null, (secret) => secret)).toEqual(config);
      }),
    );
  });
});
