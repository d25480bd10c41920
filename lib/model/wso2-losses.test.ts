import { describe, expect, it } from "vitest";
import { endpointConfigSchema } from "./endpoint-config.ts";
import { lossesInWso2 } from "./wso2-losses.ts";

const endpoint = (id: string, more: object = {}) => ({ id, url: `http://${id}.example/`, ...more });

function balanced(more: object = {}, member: object = {}) {
  return endpointConfigSchema.parse({
    kind: "load-balance",
    protocol: "rest",
    algorithm: "round-robin",
    session: { kind: "transport" },
    failover: true,
    production: [endpoint("a", member), endpoint("b")],
    ...more,
  });
}

const lostKeys = (config: ReturnType<typeof balanced>) => lossesInWso2(config).map(({ path }) => path);

describe("what WSO2 does not do", () => {
  it("is nothing while a configuration keeps to what WSO2 knows", () => {
    expect(lossesInWso2(balanced({}, { settings: { suspendInitialDurationMs: 1 }, weight: 1 }))).toEqual([]);
  });

  it.each([
    [balanced({}, { weight: 2 }), "weight"],
    [balanced({}, { settings: { disabledErrorCodes: [101504] } }), "disabledErrorCodes"],
    [balanced({ retryNonIdempotent: true }), "retryNonIdempotent"],
    [balanced({ failoverStatuses: { statuses: [503] } }), "failoverStatuses"],
    [balanced({ healthCheck: { path: "/health" } }), "healthCheck"],
    [balanced({ slowStartMs: 1_000 }), "slowStartMs"],
  ])("is told by the key that says it: %#", (config, key) => {
    expect(lostKeys(config)).toEqual([key]);
  });

  it("is in a tiered group the load within a pool, and the sessions", () => {
    const pools = [
      { id: "1", members: [endpoint("a")] },
      { id: "2", members: [endpoint("b")] },
    ];
    const { algorithm, protocol } = { algorithm: "round-robin", protocol: "rest" };
    const tiered = { kind: "tiered", protocol, algorithm, production: pools };
    expect(lostKeys(endpointConfigSchema.parse({ ...tiered, session: { kind: "soap" } }))).toEqual([
      "tier",
      "sessionManagement",
    ]);
    expect(lostKeys(endpointConfigSchema.parse({ ...tiered, session: { kind: "none" } }))).toEqual(["tier"]);
  });

  it("leaves out weights where they have no effect", () => {
    const failover = { primary: endpoint("a", { weight: 5 }), failovers: [endpoint("b")] };
    const config = endpointConfigSchema.parse({ kind: "failover", protocol: "rest", production: failover });
    expect(lossesInWso2(config)).toEqual([]);
  });
});
