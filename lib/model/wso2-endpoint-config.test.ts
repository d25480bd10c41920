import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EndpointConfig, endpointConfigSchema, endpointsOf } from "./endpoint-config.ts";
import samples from "./wso2-endpoint-config.samples.json" with { type: "json" };
import { readWso2EndpointConfig, writeWso2EndpointConfig } from "./wso2-endpoint-config.ts";

const numbered = () => {
  let next = 0;
  return () => `endpoint-${++next}`;
};

function read(input: unknown, previous?: EndpointConfig) {
  return readWso2EndpointConfig(input, { newId: numbered(), ...(previous ? { previous } : {}) });
}

function readOk(input: unknown, previous?: EndpointConfig): EndpointConfig {
  const result = read(input, previous);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.config;
}

function issuesOf(input: unknown) {
  const result = read(input);
  return result.ok ? [] : result.issues.map((issue) => issue.path);
}

const url = "http://localhost:9001/";

describe("real configurations of WSO2", () => {
  it.each(samples)("$name is read, and survives a round trip", ({ endpointConfig }) => {
    const config = readOk(endpointConfig);
    const written = writeWso2EndpointConfig(config);
    expect(readOk(written)).toEqual(config);
    expect(readOk(JSON.stringify(written))).toEqual(config);
  });

  it("keeps the advanced settings of a 3.x export", () => {
    const config = readOk(samples[3]?.endpointConfig);
    expect(endpointsOf(config, "production")[0]?.settings).toEqual({
      suspendInitialDurationMs: 700,
      suspendMaximumDurationMs: 600,
      suspendFactor: 4,
      timeoutErrorCodes: [101505],
      retriesBeforeSuspension: 60,
      retryDelayMs: 200,
      timeoutAction: "fault",
      responseTimeoutMs: 30_000,
    });
  });

  it("keeps endpoint security as it is", () => {
    const source = samples[5]?.endpointConfig;
    expect(writeWso2EndpointConfig(readOk(source))).toEqual(source);
  });
});

describe("reading", () => {
  it.each([
    ["", "none"],
    ["none", "none"],
    [null, "none"],
    ["http", "transport"],
    ["transport", "transport"],
    ["soap", "soap"],
    ["simpleClientSession", "client-id"],
  ])("takes session management %j as %s", (sessionManagement, kind) => {
    const config = readOk({ endpoint_type: "load_balance", production_endpoints: [{ url }], sessionManagement });
    expect(config.kind === "load-balance" && config.session.kind).toBe(kind);
  });

  it.each([
    [undefined, true],
    [true, true],
    ["True", true],
    ["false", false],
    [false, false],
  ])("takes failOver %j as %s", (failOver, failover) => {
    const config = readOk({ endpoint_type: "load_balance", production_endpoints: [{ url }], failOver });
    expect(config.kind === "load-balance" && config.failover).toBe(failover);
  });

  it.each([
    ["101504", [101504]],
    ["101504, 101505", [101504, 101505]],
    [
      ["101504", 101505],
      [101504, 101505],
    ],
    [101503, [101503]],
    ["", undefined],
    [[], undefined],
  ])("takes a code list %j", (suspendErrorCode, codes) => {
    const config = readOk({ endpoint_type: "http", production_endpoints: { url, config: { suspendErrorCode } } });
    expect(endpointsOf(config, "production")[0]?.settings.suspendErrorCodes).toEqual(codes);
  });

  it.each([
    ["an object where a list is usual", { endpoint_type: "load_balance", production_endpoints: { url } }],
    ["a list where an object is usual", { endpoint_type: "http", production_endpoints: [{ url }] }],
    ["a sandbox alone", { endpoint_type: "http", sandbox_endpoints: { url } }],
    ["config null", { endpoint_type: "http", production_endpoints: { url, config: null } }],
  ])("tolerates %s", (_what, source) => {
    expect(read(source).ok).toBe(true);
  });

  it.each([
    ["ftp", { endpoint_type: "http", production_endpoints: { url: "ftp://x/" } }, "production_endpoints.url"],
    ["no url", { endpoint_type: "http", production_endpoints: {} }, "production_endpoints.url"],
    [
      "a bad second member",
      { endpoint_type: "load_balance", production_endpoints: [{ url }, { url: "nope" }] },
      "production_endpoints.1.url",
    ],
    ["an empty list", { endpoint_type: "load_balance", production_endpoints: [] }, "production_endpoints"],
    ["no failovers", { endpoint_type: "failover", production_endpoints: { url } }, "production_failovers"],
    [
      "a bad failover",
      { endpoint_type: "failover", production_endpoints: { url }, production_failovers: [{ url: "//x" }] },
      "production_failovers.0.url",
    ],
    [
      "failovers without a primary",
      {
        endpoint_type: "failover",
        sandbox_failovers: [{ url }],
        production_endpoints: { url },
        production_failovers: [{ url }],
      },
      "sandbox_endpoints",
    ],
    [
      "a negative duration",
      { endpoint_type: "http", production_endpoints: { url, config: { suspendDuration: "-1" } } },
      "production_endpoints.config.suspendDuration",
    ],
    [
      "half a millisecond",
      { endpoint_type: "load_balance", sandbox_endpoints: [{ url, config: { retryDelay: 1.5 } }] },
      "sandbox_endpoints.0.config.retryDelay",
    ],
    [
      "a word for a number",
      { endpoint_type: "http", production_endpoints: { url, config: { actionDuration: "soon" } } },
      "production_endpoints.config.actionDuration",
    ],
    [
      "a negative session timeout",
      { endpoint_type: "load_balance", production_endpoints: [{ url }], sessionTimeOut: "-5" },
      "sessionTimeOut",
    ],
    ["an unknown type", { endpoint_type: "awslambda" }, "endpoint_type"],
    [
      "an unknown session",
      { endpoint_type: "load_balance", production_endpoints: [{ url }], sessionManagement: "constructor" },
      "sessionManagement",
    ],
    ["nothing configured", { endpoint_type: "http" }, "production_endpoints"],
  ])("refuses %s at its path", (_what, source, path) => {
    expect(issuesOf(source)).toContain(path);
  });

  it("names every offending path at once", () => {
    const source = { endpoint_type: "load_balance", production_endpoints: [{ url: "x" }, { url }, { url: "y" }] };
    expect(issuesOf(source)).toEqual(["production_endpoints.0.url", "production_endpoints.2.url"]);
  });

  it("refuses what is no object", () => {
    for (const source of ["{", "[]", 5, null, []]) expect(read(source).ok).toBe(false);
  });

  it("keeps the ids of endpoints whose URL was stored before, each once", () => {
    const previous = readOk({
      endpoint_type: "load_balance",
      production_endpoints: [{ url }, { url: `${url}b` }, { url }],
    });
    const next = readWso2EndpointConfig(
      { endpoint_type: "load_balance", production_endpoints: [{ url: `${url}b` }, { url }, { url }, { url }] },
      { previous, newId: () => "new" },
    );
    if (!next.ok) throw new Error("refused");
    expect(endpointsOf(next.config, "production").map((endpoint) => endpoint.id)).toEqual([
      "endpoint-2",
      "endpoint-1",
      "endpoint-3",
      "new",
    ]);
  });
});

describe("writing", () => {
  it("types the members of a REST group but the first, and every member of a SOAP group", () => {
    const rest = readOk({ endpoint_type: "load_balance", production_endpoints: [{ url }, { url }] });
    expect(writeWso2EndpointConfig(rest).production_endpoints).toEqual([
      { url },
      { url, endpoint_type: "http", template_not_supported: false },
    ]);
    expect(writeWso2EndpointConfig({ ...rest, protocol: "soap" }).production_endpoints).toEqual([
      { url, endpoint_type: "address", template_not_supported: false },
      { url, endpoint_type: "address", template_not_supported: false },
    ]);
  });

  it("writes the session timeout as a string and failOver as a boolean", () => {
    const config = readOk({
      endpoint_type: "load_balance",
      production_endpoints: [{ url }],
      sessionTimeOut: 300,
      failOver: "FALSE",
    });
    expect(writeWso2EndpointConfig(config)).toMatchObject({ sessionTimeOut: "300", failOver: false });
  });
});

describe("what is ours alone", () => {
  const tiered = {
    endpoint_type: "failover",
    sessionManagement: "http",
    production_endpoints: { url, tier: 1 },
    production_failovers: [
      { url: `${url}b`, tier: 1, weight: 3 },
      { url: `${url}c`, tier: 2 },
    ],
  };
  const urls = (config: EndpointConfig) =>
    config.kind === "tiered" ? config.production?.map(({ members }) => members.map((one) => one.url)) : undefined;

  it("is a tiered group in a failover group whose members say their tier", () => {
    const config = readOk(tiered);
    expect(config).toMatchObject({ kind: "tiered", session: { kind: "transport" } });
    expect(urls(config)).toEqual([[url, `${url}b`], [`${url}c`]]);
    expect(writeWso2EndpointConfig(config)).toMatchObject({
      ...tiered,
      production_failovers: [
        { url: `${url}b`, endpoint_type: "http", tier: 1, weight: 3 },
        { url: `${url}c`, endpoint_type: "http", tier: 2 },
      ],
    });
  });

  it("puts an endpoint that was added elsewhere beside the one before it", () => {
    const failovers = [...tiered.production_failovers, { url: `${url}d` }];
    expect(urls(readOk({ ...tiered, production_failovers: failovers }))?.[1]).toEqual([`${url}c`, `${url}d`]);
  });

  it("keeps the ids of tiers and of their endpoints", () => {
    const stored = readOk(tiered);
    const again = readWso2EndpointConfig(tiered, { previous: stored, newId: () => "new" });
    expect(again).toEqual({ ok: true, config: stored });
  });

  it("stays an ordinary failover group where a tier is no number", () => {
    const source = { ...tiered, production_endpoints: { url, tier: "gold" }, production_failovers: [{ url }] };
    const config = readOk(source);
    expect(config.kind).toBe("failover");
    expect(writeWso2EndpointConfig(config)).toMatchObject({ production_endpoints: { url, tier: "gold" } });
  });

  it.each([
    ["tiers out of order", { ...tiered, production_endpoints: { url, tier: 2 } }, "production_failovers.0.tier"],
    ["one tier alone", { ...tiered, production_failovers: [{ url, tier: 1 }] }, "production_endpoints"],
    [
      "a bad URL in a tier",
      { ...tiered, production_failovers: [{ url: "nope", tier: 2 }] },
      "production_failovers.0.url",
    ],
    [
      "a weight of 0",
      { endpoint_type: "http", production_endpoints: { url, weight: 0 } },
      "production_endpoints.weight",
    ],
    [
      "a failover status of 200",
      { endpoint_type: "http", production_endpoints: { url }, failoverStatuses: { statuses: [503, 200] } },
      "failoverStatuses.statuses.1",
    ],
    [
      "a health check without a path",
      { endpoint_type: "http", production_endpoints: { url }, healthCheck: {} },
      "healthCheck.path",
    ],
    ["a slow start of 0", { endpoint_type: "http", production_endpoints: { url }, slowStartMs: 0 }, "slowStartMs"],
  ])("is refused with %s, at its path", (_what, source, path) => {
    expect(issuesOf(source)).toEqual([path]);
  });

  it("is not written where it is not set", () => {
    const source = { endpoint_type: "http", production_endpoints: { url } };
    expect(writeWso2EndpointConfig(readOk(source))).toEqual(source);
  });
});

const settings = fc.record(
  {
    suspendErrorCodes: fc.array(fc.integer({ min: 101000, max: 101510 }), { minLength: 1, maxLength: 5 }),
    suspendInitialDurationMs: fc.nat(),
    suspendMaximumDurationMs: fc.nat(),
    suspendFactor: fc.double({ min: 0, max: 1000, noNaN: true }).map(Math.abs),
    retriesBeforeSuspension: fc.nat({ max: 1_000_000 }),
    timeoutAction: fc.constantFrom("fault" as const, "discard" as const),
  },
  { requiredKeys: [] },
);
const endpoint = fc.record(
  {
    url: fc.webUrl({ validSchemes: ["http", "https"], withFragments: false }),
    settings,
    weight: fc.integer({ min: 1, max: 100 }),
  },
  { requiredKeys: ["url", "settings"] },
);
const status = (min: number, max: number) => fc.integer({ min, max });
const extensions = fc.record(
  {
    retryNonIdempotent: fc.boolean(),
    failoverStatuses: fc.record({
      statuses: fc.array(status(400, 599), { minLength: 1, maxLength: 5 }),
      allMethods: fc.boolean(),
    }),
    healthCheck: fc.record(
      {
        method: fc.constantFrom("GET", "HEAD", "OPTIONS"),
        path: fc.stringMatching(/^\/[a-z?=&/]{0,20}$/),
        statusFrom: status(100, 200),
        statusTo: status(400, 599),
        intervalMs: fc.integer({ min: 500, max: 3_600_000 }),
        rise: fc.integer({ min: 1, max: 100 }),
      },
      { requiredKeys: ["path"] },
    ),
    slowStartMs: fc.integer({ min: 1, max: 3_600_000 }),
  },
  { requiredKeys: [] },
);
const group = fc.array(endpoint, { minLength: 2, maxLength: 4 });
const config = fc
  .record({
    kind: fc.constantFrom("single", "load-balance", "failover", "tiered"),
    soap: fc.boolean(),
    extensions,
    cut: fc.nat(),
    production: group,
    sandbox: fc.option(group, { nil: undefined }),
    failover: fc.boolean(),
  })
  .map(({ kind, soap, failover, extensions, cut, ...groups }) => {
    const nextId = numbered();
    const shape = (members: typeof groups.production) => {
      const [primary, ...failovers] = members.map((member) => ({ id: nextId(), ...member }));
      if (kind === "tiered") {
        const all = [primary, ...failovers];
        const place = 1 + (cut % failovers.length);
        const tiers = [all.slice(0, place), all.slice(place, place + 1), all.slice(place + 1)];
        return tiers.filter(({ length }) => length > 0).map((each) => ({ id: nextId(), members: each }));
      }
      return kind === "single" ? primary : kind === "failover" ? { primary, failovers } : [primary, ...failovers];
    };
    return {
      kind,
      protocol: soap ? "soap" : "rest",
      ...extensions,
      ...(kind === "load-balance" ? { failover } : {}),
      ...(kind === "load-balance" || kind === "tiered"
        ? { algorithm: "round-robin", session: { kind: "client-id", timeoutMs: 500 } }
        : {}),
      production: shape(groups.production),
      ...(groups.sandbox ? { sandbox: shape(groups.sandbox) } : {}),
    };
  })
  .map((candidate) => endpointConfigSchema.parse(candidate));

describe("the codec", () => {
  it("reads back exactly what it wrote", () => {
    fc.assert(
      fc.property(config, (original) => {
        const written: unknown = JSON.parse(JSON.stringify(writeWso2EndpointConfig(original)));
        expect(readOk(written, original)).toEqual(original);
      }),
    );
  });

  it("writes back every key that it does not know", () => {
    const key = fc.string({ minLength: 1 }).map((text) => `x-${text}`);
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue(), { noNullPrototype: true }), (unknown) => {
        const source = {
          ...unknown,
          endpoint_type: "failover",
          production_endpoints: { url, ...unknown, config: { ...unknown, factor: "2" } },
          production_failovers: [{ url, ...unknown }],
        };
        const written = JSON.parse(JSON.stringify(writeWso2EndpointConfig(readOk(source))));
        expect(written).toMatchObject(JSON.parse(JSON.stringify(source)));
      }),
    );
  });

  it("answers any JSON without throwing", () => {
    const member = fc.oneof(fc.jsonValue(), fc.record({ url: fc.jsonValue(), config: fc.jsonValue() }));
    const any = fc.record({
      endpoint_type: fc.oneof(fc.constantFrom("http", "address", "load_balance", "failover"), fc.jsonValue()),
      production_endpoints: fc.oneof(member, fc.array(member)),
      sandbox_failovers: fc.oneof(member, fc.array(member)),
      sessionManagement: fc.jsonValue(),
      sessionTimeOut: fc.jsonValue(),
    });
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), any), (source) => typeof read(source).ok === "boolean"));
  });
});
