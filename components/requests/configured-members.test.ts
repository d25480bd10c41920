import { expect, it } from "vitest";
import { endpointConfigSchema } from "@/lib/model/endpoint-config.ts";
import { configuredMembers } from "./configured-members.ts";

const [a, b, c] = ["a", "b", "c"].map((id) => ({ id, url: `http://${id}.test`, settings: {} }));
const session = { kind: "none" };
const balance = { algorithm: "round-robin", session };

it.each([
  [{ kind: "single", production: a }, [""]],
  [{ kind: "load-balance", ...balance, failover: true, production: [a, b] }, ["Member 1", "Member 2"]],
  [{ kind: "failover", production: { primary: a, failovers: [b] } }, ["Member 1", "Member 2"]],
  [
    {
      kind: "tiered",
      ...balance,
      production: [
        { id: "p", members: [a, b] },
        { id: "q", members: [c] },
      ],
    },
    ["Primary pool, member 1", "Primary pool, member 2", "Backup pool 1, member 1"],
  ],
])("members are called as on the Endpoints page", (config, labels) => {
  const parsed = endpointConfigSchema.parse({ protocol: "rest", ...config });
  expect(configuredMembers(parsed, "production").map(({ label }) => label)).toEqual(labels);
  expect(configuredMembers(parsed, "sandbox")).toEqual([]);
});
