import { describe, expect, it } from "vitest";
import type { ApiDocument } from "./api.ts";
import { changedSubjects, documentChanges } from "./document-diff.ts";
import { type EndpointConfig, endpointConfigSchema } from "./endpoint-config.ts";
import { jwtSettingsSchema } from "./jwt-settings.ts";
import { defaultRuntimeSettings } from "./runtime-settings.ts";

const document: ApiDocument = {
  name: "PizzaShackAPI",
  version: "1.0.0",
  context: "/pizzashack",
  displayName: "Pizza Shack",
  description: "",
  properties: [],
  tags: ["food"],
  isDefaultVersion: false,
  lifecycleState: "CREATED",
  apiKeyRequired: true,
  runtime: defaultRuntimeSettings,
  endpointConfig: null,
  operations: [],
  definition: null,
};

const a = { id: "a", url: "http://a.example" };
const b = { id: "b", url: "http://b.example" };
const c = { id: "c", url: "http://c.example" };

function loadBalance(production: object[], more: object = {}): EndpointConfig {
  return endpointConfigSchema.parse({
    kind: "load-balance",
    protocol: "rest",
    algorithm: "round-robin",
    session: { kind: "none" },
    failover: true,
    production,
    ...more,
  });
}

const withEndpoints = (endpointConfig: EndpointConfig): ApiDocument => ({ ...document, endpointConfig });

describe("the difference between two documents", () => {
  it("is nothing when they say the same", () => {
    expect(documentChanges(document, structuredClone(document))).toEqual([]);
  });

  it.each([
    [{ displayName: "Pizza" }, [{ subject: "Display name", before: "Pizza Shack", after: "Pizza" }]],
    [{ isDefaultVersion: true }, [{ subject: "Default version", before: "no", after: "yes" }]],
    [{ apiKeyRequired: false }, [{ subject: "API-key security", before: "on", after: "off" }]],
    [{ lifecycleState: "PUBLISHED" as const }, [{ subject: "Lifecycle state", before: "CREATED", after: "PUBLISHED" }]],
    [
      { tags: ["fast"] },
      [
        { subject: "Tag", before: "food", after: undefined },
        { subject: "Tag", before: undefined, after: "fast" },
      ],
    ],
    [{ properties: [{ name: "team", value: "Sea" }] }, [{ subject: "Property team", before: undefined, after: "Sea" }]],
    [
      { operations: [{ method: "GET" as const, path: "/a", secured: true, rateTier: null, summary: "" }] },
      [{ subject: "Operation", before: undefined, after: "GET /a" }],
    ],
    [
      { definition: { hash: "a".repeat(64), syntax: "yaml" as const } },
      [{ subject: "API definition", before: undefined, after: "YAML aaaaaaaaaaaa" }],
    ],
  ])("names what changed: %j", (change, expected) => {
    expect(documentChanges(document, { ...document, ...change })).toEqual(expected);
  });

  it("names what changed of an operation, and a parameter that has another name", () => {
    const operation = { method: "GET" as const, path: "/a/{id}", secured: true, rateTier: null, summary: "" };
    const changes = documentChanges(
      { ...document, operations: [operation, { ...operation, path: "/b" }] },
      { ...document, operations: [{ ...operation, path: "/a/{number}", secured: false, rateTier: "Gold" }] },
    );
    expect(changes).toEqual([
      { subject: "Operation", before: "GET /b", after: undefined },
      { subject: "Path of GET /a/{number}", before: "/a/{id}", after: "/a/{number}" },
      { subject: "GET /a/{number}: Security", before: "on", after: "off" },
      { subject: "GET /a/{number}: Rate limit", before: "Unlimited", after: "Gold" },
    ]);
  });

  it("tells which tokens are accepted, and each rule for them that changed", () => {
    const least = { issuer: "https://a.example", audiences: ["shop"], jwksUrl: "https://a.example/jwks" };
    const withJwt = (given: object): ApiDocument => ({
      ...document,
      runtime: { ...defaultRuntimeSettings, jwt: jwtSettingsSchema.parse({ ...least, ...given }) },
    });
    expect(documentChanges(document, withJwt({}))).toContainEqual({
      subject: "JWT security",
      before: "off",
      after: "on",
    });
    const after = withJwt({ sandbox: { claim: "env", values: ["test", "dev"] }, consumer: { claim: "azp" } });
    expect(documentChanges(withJwt({}), after)).toEqual([
      { subject: "Sandbox tokens", before: undefined, after: "env is test or dev" },
      { subject: "Consumer claim", before: undefined, after: "azp" },
      { subject: "Rate limit of each consumer", before: undefined, after: "Unlimited" },
    ]);
  });

  it("names an added, a removed and an edited endpoint by its place", () => {
    const before = withEndpoints(loadBalance([a, b]));
    const after = withEndpoints(loadBalance([{ ...a, url: "http://a2.example" }, c]));
    expect(documentChanges(before, after)).toEqual([
      { subject: "Production endpoint 2", before: b.url, after: undefined },
      { subject: "Production endpoint 1", before: a.url, after: "http://a2.example" },
      { subject: "Production endpoint 2", before: undefined, after: c.url },
    ]);
  });

  it("tells a new order once, not as endpoints removed and added", () => {
    const changes = documentChanges(withEndpoints(loadBalance([a, b, c])), withEndpoints(loadBalance([c, a, b])));
    expect(changes).toEqual([
      {
        subject: "Order of production endpoints",
        before: `${a.url}, ${b.url}, ${c.url}`,
        after: `${c.url}, ${a.url}, ${b.url}`,
      },
    ]);
  });

  it("says nothing of order when an endpoint is put in between", () => {
    const changes = documentChanges(withEndpoints(loadBalance([a, b])), withEndpoints(loadBalance([a, c, b])));
    expect(changes).toEqual([{ subject: "Production endpoint 2", before: undefined, after: c.url }]);
  });

  it("shows settings with their labels and units", () => {
    const edited = { ...a, settings: { suspendInitialDurationMs: 30_000, timeoutAction: "discard" } };
    const before = withEndpoints(loadBalance([a]));
    const after = withEndpoints(loadBalance([edited], { session: { kind: "client-id", timeoutMs: 120_000 } }));
    expect(documentChanges(before, after)).toEqual([
      { subject: "Session Management", before: "None", after: "Client ID" },
      { subject: "Session Timeout", before: undefined, after: "120,000 ms" },
      { subject: "Production endpoint: Initial Duration", before: undefined, after: "30,000 ms" },
      { subject: "Production endpoint: Action", before: undefined, after: "Discard Message" },
    ]);
  });

  it("tells which endpoints stand together when the pools of a tiered group change", () => {
    const tiered = (pools: object[][], more: object = {}) =>
      withEndpoints(
        endpointConfigSchema.parse({
          kind: "tiered",
          protocol: "rest",
          algorithm: "round-robin",
          session: { kind: "none" },
          production: pools.map((members, index) => ({ id: `pool-${index}`, members })),
          ...more,
        }),
      );
    expect(documentChanges(tiered([[a, b], [c]]), tiered([[a], [b, c]]))).toEqual([
      { subject: "Pools of production endpoints", before: "1–2 | 3", after: "1 | 2–3" },
    ]);
  });

  it("tells what keeps a group available in one line each", () => {
    const after = withEndpoints(
      loadBalance([{ ...a, weight: 3 }], {
        retryNonIdempotent: true,
        failoverStatuses: { statuses: [502, 503] },
        healthCheck: { path: "/health" },
        slowStartMs: 20_000,
      }),
    );
    expect(documentChanges(withEndpoints(loadBalance([a])), after)).toEqual([
      { subject: "Retry non-idempotent requests", before: "off", after: "on" },
      { subject: "Fail over on HTTP statuses", before: undefined, after: "502, 503 for GET and HEAD" },
      {
        subject: "Health checks",
        before: undefined,
        after: "GET /health, expects 200 to 399, every 10,000 ms, timeout 2,000 ms, rise 2, fall 3",
      },
      { subject: "Slow start", before: undefined, after: "20,000 ms" },
      { subject: "Production endpoint: Weight", before: undefined, after: "3" },
    ]);
  });

  it("tells the first endpoint configuration from none", () => {
    const subjects = documentChanges(document, withEndpoints(loadBalance([a]))).map(({ subject }) => subject);
    expect(subjects).toContain("Endpoint Type");
    expect(subjects).toContain("Production endpoint");
  });
});

describe("the subjects in one line", () => {
  const changesOf = (...subjects: string[]) =>
    subjects.map((subject) => ({ subject, before: undefined, after: undefined }));

  it.each([
    [[], "nothing"],
    [["Tag"], "Tag"],
    [["Tag", "Tag", "Name"], "Tag and Name"],
    [["A", "B", "C"], "A, B and C"],
    [["A", "B", "C", "D", "E"], "A, B, C and 2 more"],
  ])("reads %j as %s", (subjects, expected) => {
    expect(changedSubjects(changesOf(...subjects))).toBe(expected);
  });
});
