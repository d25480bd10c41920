import { describe, expect, it } from "vitest";
import type { DefinitionReport } from "../../model/definition-report.ts";
import { type ImportChoices, planImport } from "./plan-import.ts";
import type { Project } from "./read-project.ts";

const single = { endpoint_type: "http", production_endpoints: { url: "https://a.example/" } };

/** As apictl 4.x writes an API of which nothing is out of the ordinary. */
const plain = {
  id: "39325037-1508-4398-a358-e551927ff075",
  name: "Pizza",
  version: "1.0.0",
  context: "/pizza",
  provider: "admin",
  lifeCycleStatus: "PUBLISHED",
  type: "HTTP",
  transport: ["http", "https"],
  policies: ["Unlimited"],
  securityScheme: ["oauth2", "api_key", "oauth_basic_auth_api_key_mandatory"],
  visibility: "PUBLIC",
  accessControl: "NONE",
  subscriptionAvailability: "CURRENT_TENANT",
  authorizationHeader: "Authorization",
  keyManagers: ["all"],
  businessInformation: { businessOwner: null },
  monetization: { enabled: false, properties: {} },
  advertiseInfo: { advertised: false, apiOwner: "admin" },
  websubSubscriptionConfiguration: { secret: "", signingAlgorithm: "SHA-256", signatureHeader: "x-hub-signature" },
  endpointImplementationType: "ENDPOINT",
  endpointConfig: single,
  operations: [{ id: "", target: "/*", verb: "GET", authType: "Application & Application User" }],
};

function project(data: object, more: Partial<Project> = {}): Project {
  return {
    form: "4.x",
    apiFile: "api.yaml",
    data: { ...data },
    definition: undefined,
    environments: [],
    deployments: [],
    documentFiles: new Map(),
    others: new Map(),
    ...more,
  };
}

function plan(from: Project, choices: ImportChoices = {}, isReplacing = false, definition?: DefinitionReport) {
  return planImport(from, choices, {
    rateTiers: ["Gold"],
    isReplacing,
    ownFields: ["maxRequestBodyBytes", "name", "onlyOperations", "corsConfiguration"],
    problemOf,
    definition,
  });
}

const problemOf = (_: string, value: unknown) => (JSON.stringify(value).includes("bad") ? "Not so." : undefined);

/** Lines as words: outcome, subject and detail. */
const words = (from: Project, choices?: ImportChoices, isReplacing?: boolean) =>
  plan(from, choices, isReplacing).report.lines.map(
    ({ outcome, subject, detail }) => `${outcome} ${subject}: ${detail}`,
  );

describe("an import of a 4.x project", () => {
  it("says of an ordinary one what it takes, and of the rest nothing that nobody misses", () => {
    expect(words(project(plain))).toEqual([
      "taken Name and version: Pizza 1.0.0",
      "taken Context: /pizza: the API answers at /pizza/1.0.0",
      "left Provider: admin",
      "taken Endpoints: One endpoint for each key type: 1 production, 0 sandbox",
      "taken Operations: 1",
      "taken Only these operations: Everything else is answered with 404 or 405, as by WSO2's gateways",
      "taken Security: API keys",
      "left Security: oauth2",
      "taken Lifecycle state: PUBLISHED: gateways answer for it at once",
    ]);
  });

  it("gives a reason for everything that is changed or left behind, and none for what is taken", () => {
    const { lines } = plan(project({ ...plain, visibility: "PRIVATE", apiThrottlingPolicy: "50KPerMin" })).report;
    for (const { outcome, reason } of lines) expect(reason === "").toBe(outcome === "taken");
  });

  it.each<[string, object, string]>([
    ["a display name", { displayName: "Pizza!" }, "taken Display name: Pizza!"],
    ["a description", { description: "Hot" }, "taken Description: Hot"],
    [
      "properties",
      {
        additionalProperties: [
          { name: "team", value: "Sea" },
          { name: "tier", value: 1 },
        ],
      },
      "taken Properties: team, tier",
    ],
    [
      "properties by their name alone",
      { additionalProperties: [], additionalPropertiesMap: { team: { name: "team", value: "Sea", display: false } } },
      "taken Properties: team",
    ],
    [
      "a property shown to consumers",
      { additionalProperties: [{ name: "team", value: "Sea", display: true }] },
      "left Properties shown to consumers: team",
    ],
    [
      "a property whose name means something else",
      { additionalProperties: [{ name: "status", value: "Sea" }] },
      "left Property: status: Sea",
    ],
    ["a property without a value", { additionalProperties: [{ name: "team", value: "" }] }, "left Property: team: "],
    [
      "the same property twice",
      {
        additionalProperties: [
          { name: "team", value: "Sea" },
          { name: "Team", value: "Air" },
        ],
      },
      "left Property: Team: Air",
    ],
    [
      "more properties than an API has here",
      { additionalProperties: Array.from({ length: 51 }, (_, n) => ({ name: `p${n}`, value: "x" })) },
      "left Property: p50: x",
    ],
    ["tags, numbers too", { tags: ["hot", 1] }, "taken Tags: hot, 1"],
    [
      "the default version",
      { isDefaultVersion: true },
      "taken Default version: It answers without its version as well",
    ],
    ["a rate limit that is here", { apiThrottlingPolicy: "Gold" }, "taken Rate limit: Gold"],
    ["a rate limit that is not here", { apiThrottlingPolicy: "50KPerMin" }, "left Rate limit: 50KPerMin"],
    ["OAuth 2.0 alone", { securityScheme: ["oauth2"] }, "changed Security: API keys"],
    ["no scheme at all", { securityScheme: undefined }, "changed Security: API keys"],
    ["mutual TLS", { securityScheme: ["api_key", "mutualssl"] }, "left Security: mutualssl"],
    ["a prototype", { lifeCycleStatus: "PROTOTYPED" }, "changed Lifecycle state: PROTOTYPED → CREATED"],
    [
      "a deprecated API",
      { lifeCycleStatus: "DEPRECATED" },
      "taken Lifecycle state: DEPRECATED: gateways answer for it at once",
    ],
    ["a retired API", { lifeCycleStatus: "RETIRED" }, "taken Lifecycle state: RETIRED"],
    ["tiers of subscriptions", { policies: ["Gold", "Silver"] }, "left Subscription tiers: Gold, Silver"],
    ["visibility", { visibility: "RESTRICTED" }, "left Visibility: RESTRICTED"],
    ["roles", { visibleRoles: ["cooks"] }, "left Visible to roles: cooks"],
    ["people", { businessInformation: { businessOwner: "Jane" } }, "left Business information: businessOwner: Jane"],
    ["caching", { responseCachingEnabled: true }, "left Response caching: on"],
    ["sequences", { mediationPolicies: [{ name: "log" }] }, "left Mediation policies: name: log"],
    ["what nobody knows", { futureThing: { on: 1 }, other: "x", empty: "" }, "left Other fields: futureThing, other"],
    ["another type", { type: "GRAPHQL" }, "changed Type of API: GRAPHQL → HTTP"],
    [
      "policies of operations",
      {
        operations: [
          { verb: "GET", target: "/", operationPolicies: { request: [{ policyName: "addHeader" }], response: [] } },
        ],
      },
      "left Policies of operations: addHeader",
    ],
    ["made-up answers", { endpointConfig: null, endpointImplementationType: "INLINE" }, "left Endpoints: none"],
    ["dynamic endpoints", { endpointConfig: { endpoint_type: "default" } }, "left Endpoints: default"],
    ["Lambda", { endpointConfig: { endpoint_type: "awslambda" } }, "left Endpoints: awslambda"],
    ["a live API without endpoints", { endpointConfig: {} }, "changed Lifecycle state: PUBLISHED → CREATED"],
  ])("tells of %s", (_, more, line) => {
    expect(words(project({ ...plain, ...more }))).toContain(line);
  });

  it.each([
    ["nesting without end", `{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}`],
    ["half a character", '{"endpoint_type": "http", "production_endpoints": {"url": "http://a.example/\\ud800"}}'],
  ])("has %s in a text of endpoints refused as it is, where endpoints are read", (_, endpointConfig) => {
    const source = { id: { apiName: "A", version: "1" }, context: "/a", endpointConfig };
    expect(plan(project(source, { form: "3.x" })).body.endpointConfig).toBe(endpointConfig);
  });

  it.each<[string, string]>([
    ["Client-certificates/a.crt", "Client certificates"],
    ["Endpoint-certificates/a.crt", "Endpoint certificates"],
    ["Image/icon.png", "Thumbnail"],
    ["Policies/log.j2", "Policies and sequences"],
    ["Sequences/in-sequence/x.xml", "Policies and sequences"],
    ["notes.txt", "Other files"],
  ])("leaves the file %s behind, with a reason", (path, subject) => {
    const { lines } = plan(project(plain, { others: new Map([[path, new Uint8Array()]]) })).report;
    expect(lines).toContainEqual({ outcome: "left", subject, detail: path, reason: expect.stringMatching(/\./) });
  });

  it("is not led astray by fields that are called as what every object has", () => {
    const trap = JSON.parse('{"__proto__": {"name": "Trap"}, "constructor": 1, "toString": "x"}');
    expect(words(project({ ...plain, ...trap, ...Object.fromEntries([["__proto__", 1]]) }))).toContain(
      "left Other fields: __proto__, constructor, toString",
    );
    expect(plan(project({ id: { apiName: "P", version: "1" }, ...trap }, { form: "3.x" })).body.name).toBe("P");
  });

  it("keeps each line short, whatever a project holds", () => {
    const endless = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`field${index}`, index + 1]));
    const { lines } = plan(project({ ...plain, ...endless, description: "x".repeat(30_000) })).report;
    for (const { detail } of lines) expect(detail.length).toBeLessThanOrEqual(300);
  });

  it("opens an API only where none of its operations asks for anything", () => {
    const open = [{ verb: "GET", target: "/*", authType: "None" }];
    expect(plan(project({ ...plain, securityScheme: ["oauth2"], operations: open })).body.securityScheme).toEqual([]);
    const mixed = [...open, { verb: "PUT", target: "/*", authType: "Any" }];
    expect(plan(project({ ...plain, securityScheme: ["oauth2"], operations: mixed })).body.securityScheme).toEqual([
      "api_key",
    ]);
  });

  it.each<[string, object[], object[], string[]]>([
    [
      "as they are",
      [{ id: "", target: "/menu", verb: "get", authType: "Any", throttlingPolicy: "Gold", scopes: [] }],
      [{ target: "/menu", verb: "GET", authType: "Any", throttlingPolicy: "Gold" }],
      ["taken Operations: 1"],
    ],
    [
      "without limits that are not here",
      [{ target: "/menu", verb: "GET", authType: "none", throttlingPolicy: "10KPerMin" }],
      [{ target: "/menu", verb: "GET", authType: "None" }],
      ["taken Operations: 1", "left Rate limits of operations: 10KPerMin"],
    ],
    [
      "of an open API of ours",
      [{ target: "/menu", verb: "GET", authType: "None", secured: true, summary: "" }],
      [{ target: "/menu", verb: "GET", authType: "Any", summary: "" }],
      ["taken Operations: 1"],
    ],
    ["without those of GraphQL", [{ target: "pizzas", verb: "QUERY" }], [], ["left Operations: QUERY pizzas"]],
  ])("takes operations %s", (_, operations, expected, told) => {
    const from = project({ ...plain, operations });
    expect(plan(from).body.operations).toEqual(expected);
    expect(words(from).filter((line) => /perations/.test(line) && !/Only/.test(line))).toEqual(told);
  });

  const withDefinition = (operations: unknown) => {
    const definition = { file: "Definitions/swagger.yaml", text: "openapi: 3.0.1", syntax: "yaml" } as const;
    return project({ ...plain, operations }, { definition });
  };
  const summary = {
    ...{ syntax: "yaml" as const, specification: "3.0.1", title: "", version: "", description: "", servers: [] },
    operations: [{ method: "GET" as const, path: "/menu", summary: "All", secured: false }],
  };

  it("serves nothing but the operations, as WSO2 does, unless a project of ours says otherwise", () => {
    expect(plan(project(plain)).body.onlyOperations).toBe(true);
    expect(plan(project({ ...plain, onlyOperations: false })).body.onlyOperations).toBe(false);
    expect(plan(project({ ...plain, operations: [] })).body.onlyOperations).toBeUndefined();
  });

  it.each<[string, object, unknown, string | undefined]>([
    ["as it is", { accessControlAllowOrigins: ["https://a"] }, "kept", "taken CORS: Origins https://a"],
    ["not where it cannot be followed", { accessControlAllowOrigins: ["bad"] }, undefined, "left CORS: Origins bad"],
    ["without a line where it is off", { corsConfigurationEnabled: false }, "kept", undefined],
  ])("takes CORS %s", (_, more, kept, line) => {
    const corsConfiguration = { corsConfigurationEnabled: true, ...more };
    const from = project({ ...plain, corsConfiguration: { ...corsConfiguration, accessControlAllowHeaders: null } });
    expect(plan(from).body.corsConfiguration).toEqual(kept && corsConfiguration);
    expect(words(from).find((each) => each.includes("CORS"))).toBe(line);
  });

  it("takes the OpenAPI document, and its operations where the project lists none", () => {
    const report: DefinitionReport = { ok: true, summary };
    const { definition, body } = plan(withDefinition([]), {}, false, report);
    expect(definition).toEqual({ definition: { text: "openapi: 3.0.1", syntax: "yaml" } });
    expect(body.operations).toEqual([{ target: "/menu", verb: "GET", authType: "None", summary: "All" }]);
    expect(plan(withDefinition(plain.operations), {}, false, report).body.operations).toHaveLength(1);
  });

  it("leaves an OpenAPI document with mistakes behind, and takes the rest", () => {
    const report: DefinitionReport = { ok: false, problems: [{ line: 3, column: 7, message: "Wrong." }] };
    const from = withDefinition(plain.operations);
    const { definition, report: told } = plan(from, {}, false, report);
    expect(definition).toEqual({});
    expect(told.lines.find(({ subject }) => subject === "API definition")).toMatchObject({
      outcome: "left",
      reason: "It has mistakes. Line 3, column 7: Wrong. Mend it under API Definition.",
    });
  });

  it("takes what only we write as it is", () => {
    expect(plan(project({ ...plain, maxRequestBodyBytes: 5 })).body).toMatchObject({ maxRequestBodyBytes: 5 });
  });

  it("keeps sessions, which upstream's importers lose, and numbers in whatever form", () => {
    const endpointConfig = {
      endpoint_type: "load_balance",
      production_endpoints: [{ url: "https://a.example/", config: { retryDelay: 5, factor: "2" } }],
      sessionManagement: "transport",
      sessionTimeOut: 5000,
    };
    const { body, report } = plan(project({ ...plain, endpointConfig }));
    expect(body.endpointConfig).toEqual(endpointConfig);
    expect(report.lines).toContainEqual(
      expect.objectContaining({ subject: "Session management", detail: "transport, 5000 ms" }),
    );
  });

  it.each<[string, object, boolean, string, object]>([
    ["with its secret", { password: "s3cret" }, false, "taken: BASIC", { enabled: true, password: "s3cret" }],
    ["without its secret", { password: "" }, false, "changed: BASIC, switched off", { enabled: false, password: "" }],
    ["with a mask for its secret", { password: "*****" }, false, "changed: BASIC, switched off", { password: "" }],
    ["over what has its secret", { password: "***" }, true, "changed: BASIC", { enabled: true, password: "" }],
    ["of a type that nobody knows", { type: "MAGIC" }, true, "changed: MAGIC, switched off", { enabled: false }],
    ["that is switched off", { enabled: false }, false, "undefined", { enabled: false }],
  ])("takes endpoint security %s", (_, more, isReplacing, told, kept) => {
    const endpoint_security = { production: { enabled: true, type: "BASIC", username: "u", ...more } };
    const from = project({ ...plain, endpointConfig: { ...single, endpoint_security } });
    const { body, report } = plan(from, {}, isReplacing);
    const line = report.lines.find(({ subject }) => subject === "Endpoint security, production");
    expect(line ? `${line.outcome}: ${line.detail}` : "undefined").toBe(told);
    expect(body).toMatchObject({ endpointConfig: { endpoint_security: { production: kept } } });
  });

  it("follows the choices of name, version and context, and says so", () => {
    const { body, report } = plan(project(plain), { name: "Pasta", version: "2", context: "/pasta" });
    expect(body).toMatchObject({ name: "Pasta", version: "2", context: "/pasta" });
    expect(report.lines.slice(0, 2)).toEqual([
      { outcome: "changed", subject: "Name and version", detail: "Pizza 1.0.0 → Pasta 2", reason: "You chose it." },
      { outcome: "changed", subject: "Context", detail: "/pizza → /pasta", reason: "You chose it." },
    ]);
  });

  it("leaves the state of an API that it replaces alone", () => {
    const { lifecycleState } = plan(project(plain), {}, true);
    expect(lifecycleState).toBeUndefined();
    expect(words(project(plain), {}, true)).toContain("left Lifecycle state: PUBLISHED");
  });
});

describe("an import of an export of API Cloud or 3.x", () => {
  const old = {
    id: { providerName: "jane@acme.com", apiName: "Pizza", version: "1.0.0" },
    uuid: "77",
    type: "HTTP",
    context: "/t/acme/pizza/1.0.0",
    contextTemplate: "/t/acme/pizza/{version}",
    status: "PUBLISHED",
    visibility: "public",
    transports: "http,https",
    tags: ["hot"],
    availableTiers: [{ name: "Unlimited", displayName: "Unlimited" }],
    apiSecurity: "oauth2,api_key",
    uriTemplates: [{ uriTemplate: "/menu", httpVerb: "GET", authType: "Any", throttlingTier: "Unlimited" }],
    endpointConfig: JSON.stringify(single),
    responseCache: "Disabled",
    implementation: "ENDPOINT",
    lastUpdated: "Nov 3, 2020 10:00:00 AM",
  };
  const import3x = (more: object = {}) => plan(project({ ...old, ...more }, { form: "3.x" }));

  it("finds name, version, state and endpoints where they were", () => {
    const { body, lifecycleState, report } = import3x();
    expect(body).toMatchObject({
      ...{ name: "Pizza", version: "1.0.0", context: "/t/acme/pizza", tags: ["hot"], endpointConfig: single },
    });
    expect(lifecycleState).toBe("PUBLISHED");
    expect(report.lines.filter(({ outcome }) => outcome !== "taken").map(({ subject }) => subject)).toEqual([
      ...["Context", "Provider", "Security"],
    ]);
  });

  it.each([
    ["a template", "/pizza/1.0.0", "/pizza/{version}", "/pizza"],
    ["a template with the version in its middle", "/v/1.0.0/pizza", "/v/{version}/pizza", "/v/{version}/pizza"],
    ["no template", "/pizza/1.0.0", undefined, "/pizza"],
    ["an empty template", "/pizza/1.0.0", "", "/pizza"],
    ["no version in it", "/pizza", undefined, "/pizza"],
  ])("reads a context with %s", (_, context, contextTemplate, expected) => {
    expect(import3x({ context, contextTemplate }).body.context).toBe(expected);
  });

  it("puts together what secured its endpoints", () => {
    const { body } = import3x({
      endpointSecured: true,
      endpointAuthDigest: true,
      endpointUTUsername: "u",
      endpointUTPassword: "p",
    });
    const secured = { enabled: true, type: "DIGEST", username: "u", password: "p" };
    expect(body.endpointConfig).toEqual({ ...single, endpoint_security: { production: secured, sandbox: secured } });
  });

  it("hands on an endpointConfig that is no JSON, to be refused by its name", () => {
    expect(import3x({ endpointConfig: "{broken" }).body.endpointConfig).toBe("{broken");
  });
});

describe("values of an environment", () => {
  const configured = (configs: object, endpointConfig: object = single) =>
    plan(project({ ...plain, endpointConfig }, { environments: [{ name: "dev", configs: { ...configs } }] }), {
      environment: "dev",
    }).body.endpointConfig;
  const url = (host: string) => ({ url: `https://${host}.example/` });

  it.each<[string, object, object]>([
    [
      "one endpoint each",
      { endpoints: { production: { ...url("p"), config: { factor: 2 } }, sandbox: url("s") } },
      {
        endpoint_type: "http",
        production_endpoints: { ...url("p"), config: { factor: 2 } },
        sandbox_endpoints: url("s"),
      },
    ],
    ["one endpoint, the other stays", { endpoints: { sandbox: url("s") } }, { ...single, sandbox_endpoints: url("s") }],
    ["nothing to replace", { endpoints: { production: null, sandbox: null } }, single],
    [
      "load-balanced endpoints",
      {
        endpointType: "rest",
        endpointRoutingPolicy: "load_balanced",
        loadBalanceEndpoints: {
          production: [url("a"), url("b")],
          sessionManagement: "transport",
          sessionTimeOut: 5000,
          algoClassName: "org.apache.synapse.endpoints.algorithms.RoundRobin",
        },
      },
      {
        endpoint_type: "load_balance",
        production_endpoints: [url("a"), url("b")],
        sessionManagement: "transport",
        sessionTimeOut: 5000,
        algoClassName: "org.apache.synapse.endpoints.algorithms.RoundRobin",
        algoCombo: "org.apache.synapse.endpoints.algorithms.RoundRobin",
      },
    ],
    [
      "failover endpoints of SOAP",
      {
        endpointType: "soap",
        endpointRoutingPolicy: "failover",
        failoverEndpoints: { production: url("a"), productionFailovers: [url("b")] },
      },
      {
        endpoint_type: "failover",
        production_endpoints: { ...url("a"), endpoint_type: "address" },
        production_failovers: [{ ...url("b"), endpoint_type: "address" }],
      },
    ],
    [
      "security for each key type",
      { security: { production: { enabled: true, type: "basic", username: "u", password: "p" } } },
      { ...single, endpoint_security: { production: { enabled: true, type: "BASIC", username: "u", password: "p" } } },
    ],
    [
      "security of 3.x for both",
      { security: { enabled: true, type: "digest", username: "u", password: "p" } },
      {
        ...single,
        endpoint_security: {
          production: { enabled: true, type: "DIGEST", username: "u", password: "p" },
          sandbox: { enabled: true, type: "DIGEST", username: "u", password: "p" },
        },
      },
    ],
    ["security that does not say whether", { security: { production: { type: "basic" } } }, single],
  ])("are taken: %s", (_, configs, expected) => {
    expect(configured(configs)).toEqual(expected);
  });

  it("replace a group as a whole, and keep what is beside it", () => {
    const group = {
      endpoint_type: "failover",
      production_endpoints: url("old"),
      production_failovers: [url("older")],
      endpoint_security: { production: { enabled: false } },
      failoverStatuses: ["503"],
    };
    expect(configured({ endpoints: { production: url("p") } }, group)).toEqual({
      endpoint_type: "http",
      production_endpoints: url("p"),
      endpoint_security: { production: { enabled: false } },
      failoverStatuses: ["503"],
    });
  });

  it("keep how a group balances where they give another of its kind", () => {
    const group = {
      endpoint_type: "load_balance",
      production_endpoints: [url("old")],
      failOver: false,
      sessionTimeOut: "5",
    };
    const configs = { endpointRoutingPolicy: "load_balanced", loadBalanceEndpoints: { production: [url("new")] } };
    expect(configured(configs, group)).toEqual({ ...group, production_endpoints: [url("new")] });
  });

  it("are refused for an environment that is not there, with those that are", () => {
    const from = project(plain, { environments: [{ name: "dev", configs: {} }] });
    expect(() => plan(from, { environment: "prod" })).toThrow("It has some for dev.");
    expect(() => plan(project(plain), { environment: "prod" })).toThrow("it has no params.yaml");
  });

  it("tell which environments there are", () => {
    const { report } = plan(project(plain, { environments: [{ name: "dev", configs: {} }] }));
    expect(report).toMatchObject({ environments: ["dev"], environment: null });
  });
});
