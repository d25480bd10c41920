import { createHash } from "node:crypto";
import { endpointConfigSchema, type KeyType, keyTypes } from "../../lib/model/endpoint-config.ts";
import { type SnapshotApi, snapshotApiSchema } from "../../lib/model/snapshot.ts";
import type { Given } from "./case.ts";

/** The keys of every case's API. */
export const caseKeys = { production: "flk_production", sandbox: "flk_sandbox" } as const satisfies Record<
  KeyType,
  string
>;

/** Name and version that messages of the gateway have in them. */
const named = { name: "PizzaShackAPI", version: "1.0.0" };

/** The configuration as a gateway gets it. `urlOf` says where a backend is. */
export function givenApi(apiId: string, given: Given, urlOf: (backend: string) => string): SnapshotApi {
  const { kind = "load-balance", members = kind === "single" ? "A" : "A B C", session, switches = {} } = given;
  const groupOf = (ids = "") => {
    if (ids === "") return undefined;
    const endpoints = ids.split(" ").map((id) => ({
      id,
      url: urlOf(given.movedTo?.[id] ?? id),
      settings: { ...given.settings, ...given.settingsOf?.[id] },
      weight: given.weights?.[id],
    }));
    return arranged(kind, endpoints, given.tiers ?? [1, endpoints.length - 1]);
  };
  const { lifecycle = "PUBLISHED", isDefaultVersion = false, needsKey = false } = given;
  const { failover = true, retryNonIdempotent, failoverStatuses, healthCheck, slowStartMs } = given;
  return snapshotApiSchema.parse({
    id: apiId,
    ...named,
    context: `/${apiId}`,
    isDefaultVersion,
    lifecycleState: lifecycle,
    apiKeyRequired: needsKey,
    revision: 1,
    keys: keyTypes.map((keyType) => ({
      id: keyType,
      hash: createHash("sha256").update(caseKeys[keyType]).digest("hex"),
      keyType,
      expiresAtMs: null,
    })),
    switches: Object.entries(switches).map(([endpointId, position]) => ({
      keyType: "production",
      endpointId,
      position,
    })),
    endpointConfig: endpointConfigSchema.parse({
      kind,
      protocol: "rest",
      ...(kind === "load-balance" ? { algorithm: "round-robin", session: session ?? { kind: "none" }, failover } : {}),
      ...(kind === "tiered" ? { algorithm: "round-robin", session: session ?? { kind: "none" } } : {}),
      retryNonIdempotent,
      failoverStatuses,
      healthCheck,
      slowStartMs,
      production: groupOf(members),
      sandbox: groupOf(given.sandbox),
    }),
  });
}

function arranged<Member>(kind: NonNullable<Given["kind"]>, members: readonly Member[], sizes: readonly number[]) {
  switch (kind) {
    case "single":
      return members[0];
    case "load-balance":
      return members;
    case "failover":
      return { primary: members[0], failovers: members.slice(1) };
    case "tiered": {
      let start = 0;
      return sizes.map((size, index) => {
        start += size;
        return { id: `tier-${index + 1}`, members: members.slice(start - size, start) };
      });
    }
  }
}
