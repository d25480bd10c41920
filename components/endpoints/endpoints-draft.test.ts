import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endpointConfigSchema, keyTypes } from "@/lib/model/endpoint-config.ts";
import { configFromDraft, draftFromConfig, savedEndpoints } from "./endpoints-draft.ts";
import { endpoint, endpointConfigs } from "./testing/endpoint-configs.ts";

const newId = () => "new";

describe("the draft of a configuration", () => {
  it("saves exactly what it was made from, ids, settings and unknown keys included", () => {
    fc.assert(
      fc.property(endpointConfigs, (config) => {
        expect(configFromDraft(draftFromConfig(config, newId))).toStrictEqual(config);
        expect(endpointConfigSchema.parse(config)).toEqual(config);
      }),
    );
  });

  it("always has an endpoint to show for both key types", () => {
    fc.assert(
      fc.property(endpointConfigs, (config) => {
        const draft = draftFromConfig(config, newId);
        for (const keyType of keyTypes) expect(draft[keyType].endpoints.length).toBeGreaterThan(0);
      }),
    );
  });

  it("of an API without endpoints waits for the production URL", () => {
    const draft = draftFromConfig(null, newId);
    expect(draft.production).toMatchObject({ enabled: true, endpoints: [{ id: "new", url: "", settings: {} }] });
    expect(draft.sandbox.enabled).toBe(false);
    expect(draft.kind).toBe("single");
  });

  it("keeps the members of a group while the Endpoint Type is None, but does not save them", () => {
    const stored = {
      kind: "load-balance",
      protocol: "rest",
      retryNonIdempotent: false,
      algorithm: "round-robin",
      session: { kind: "transport" },
      failover: false,
      production: [endpoint("a"), endpoint("b")],
    } as const;
    const draft = draftFromConfig({ ...stored, production: [...stored.production] }, newId);
    const none = { ...draft, kind: "single" } as const;
    expect(savedEndpoints(none, "production")).toEqual([endpoint("a")]);
    expect(configFromDraft(none)).toEqual({
      kind: "single",
      protocol: "rest",
      retryNonIdempotent: false,
      production: endpoint("a"),
    });
    expect(configFromDraft({ ...none, kind: "load-balance" })).toEqual(stored);
  });
});
