import { expect, it } from "vitest";
import { endpointConfigSchema } from "./endpoint-config.ts";
import { wso2Path } from "./wso2-path.ts";

const endpoint = (id: string) => ({ id, url: `http://${id}.example` });
const session = { kind: "none" };
const group = { protocol: "rest", algorithm: "round-robin", session };
const configs = {
  single: { kind: "single", protocol: "rest", production: endpoint("a") },
  "load-balance": { kind: "load-balance", ...group, failover: true, sandbox: [endpoint("a"), endpoint("b")] },
  failover: {
    kind: "failover",
    protocol: "rest",
    production: { primary: endpoint("a"), failovers: [endpoint("b"), endpoint("c")] },
  },
  tiered: {
    kind: "tiered",
    ...group,
    production: [
      { id: "1", members: [endpoint("a"), endpoint("b")] },
      { id: "2", members: [endpoint("c")] },
    ],
  },
};

it.each([
  ["single", "production.url", "production_endpoints.url"],
  ["load-balance", "sandbox.1.url", "sandbox_endpoints.1.url"],
  ["failover", "production.primary.url", "production_endpoints.url"],
  ["failover", "production.failovers.1.settings", "production_failovers.1.settings"],
  ["tiered", "production.0.members.0.url", "production_endpoints.url"],
  ["tiered", "production.1.members.0.url", "production_failovers.1.url"],
  ["single", "healthCheck.path", "healthCheck.path"],
] as const)("in a %s configuration %s is %s in the interchange form", (kind, path, expected) => {
  expect(wso2Path(endpointConfigSchema.parse(configs[kind]), path)).toBe(expected);
});
