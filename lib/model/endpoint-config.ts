import { z } from "zod";
import { endpointSettingsSchema } from "./endpoint-policy.ts";
import { endpointUrlSchema } from "./endpoint-url.ts";
import { failoverStatusesSchema, healthCheckSchema, slowStartMsSchema } from "./group-settings.ts";

/** Most endpoints in one group. */
export const maxGroupMembers = 100;

/** Session Timeout in effect when none is set, ms. */
export const defaultSessionTimeoutMs = 120_000;

/** Keys of the interchange form that this product does not know. They are kept and written back. */
const extraSchema = z.record(z.string(), z.unknown());

/**
 * One backend of a group. The id names it for as long as it exists: state, sessions and statistics follow the id
 * through edits of its place and settings.
 */
export const endpointSchema = z.strictObject({
  id: z.string().min(1).max(64),
  url: endpointUrlSchema,
  settings: endpointSettingsSchema.default({}),
  /** Share of the traffic in proportion to the other members of its load-balanced group or tier; absent: 1. */
  weight: z
    .number({ error: "Weight is a whole number from 1 to 100." })
    .int("Weight is a whole number from 1 to 100.")
    .min(1, "Weight is at least 1; switch a member off to send it nothing.")
    .max(100, "Weight is at most 100.")
    .optional(),
  extra: extraSchema.optional(),
  settingsExtra: extraSchema.optional(),
});
export type Endpoint = z.infer<typeof endpointSchema>;

export const sessionKinds = ["none", "transport", "soap", "client-id"] as const;

/**
 * Session management of a load-balanced group: how a client is recognised, and how long (ms, from the last use) it
 * stays bound to one endpoint.
 */
export const sessionSchema = z.strictObject({
  kind: z.enum(sessionKinds),
  timeoutMs: z
    .number({ error: "Session Timeout is a whole number of milliseconds." })
    .int("Session Timeout is a whole number of milliseconds.")
    .min(1, "Session Timeout is at least 1 ms; choose None to have no sessions.")
    .max(2_147_483_647, "Session Timeout is at most 2147483647 ms (about 24 days).")
    .optional(),
});
export type SessionSettings = z.infer<typeof sessionSchema>;

export const algorithms = ["round-robin"] as const;

const membersSchema = z
  .array(endpointSchema)
  .min(1, "A load-balanced group needs at least one endpoint.")
  .max(maxGroupMembers, `A group has at most ${maxGroupMembers} endpoints.`);

const failoverTargetSchema = z.strictObject({
  primary: endpointSchema,
  failovers: z
    .array(endpointSchema)
    .min(1, "A failover group needs at least one failover endpoint: add one, or choose another Endpoint Type.")
    .max(maxGroupMembers - 1, `A group has at most ${maxGroupMembers} endpoints.`),
});

/** Most tiers of one group. */
export const maxTiers = 8;

/** Endpoints that share the load among themselves. The id names the tier for as long as it exists. */
const tierSchema = z.strictObject({
  id: z.string().min(1).max(64),
  members: z
    .array(endpointSchema)
    .min(1, "A pool needs at least one endpoint: add one, or remove the pool.")
    .max(maxGroupMembers, `A group has at most ${maxGroupMembers} endpoints.`),
});
export type Tier = z.infer<typeof tierSchema>;

const tiersSchema = z
  .array(tierSchema)
  .min(2, "A tiered group needs a primary pool and a backup pool; choose Load Balanced to have one pool.")
  .max(maxTiers, `A tiered group has at most ${maxTiers} pools.`);

const shared = {
  /** HTTP/REST or HTTP/SOAP Endpoint. */
  protocol: z.enum(["rest", "soap"]),
  /** Whether requests that are not idempotent may be sent to a second endpoint after bytes of them were sent. */
  retryNonIdempotent: z.boolean().default(false),
  /** HTTP statuses after which another endpoint is tried; absent: none. */
  failoverStatuses: failoverStatusesSchema.optional(),
  /** Active checks of every endpoint; absent: none. */
  healthCheck: healthCheckSchema.optional(),
  /** How long an endpoint that came back is given less than its share, ms; absent: it has its share at once. */
  slowStartMs: slowStartMsSchema.optional(),
  extra: extraSchema.optional(),
};

const needsOne = "Enable the production endpoint, the sandbox endpoint, or both.";

/**
 * The endpoints of an API: one kind for both key types, as in the publisher's form. A key type that is absent is not
 * configured; at least one is there.
 */
export const endpointConfigSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("single"),
      ...shared,
      production: endpointSchema.optional(),
      sandbox: endpointSchema.optional(),
    }),
    z.strictObject({
      kind: z.literal("load-balance"),
      ...shared,
      algorithm: z.enum(algorithms),
      session: sessionSchema,
      /** Enable Failover: whether a failed request is tried at another member. */
      failover: z.boolean(),
      production: membersSchema.optional(),
      sandbox: membersSchema.optional(),
    }),
    z.strictObject({
      kind: z.literal("failover"),
      ...shared,
      production: failoverTargetSchema.optional(),
      sandbox: failoverTargetSchema.optional(),
    }),
    /** Load-balanced pools in order: the first of which an endpoint is ready serves. Always fails over. */
    z.strictObject({
      kind: z.literal("tiered"),
      ...shared,
      algorithm: z.enum(algorithms),
      session: sessionSchema,
      production: tiersSchema.optional(),
      sandbox: tiersSchema.optional(),
    }),
  ])
  .superRefine((config, context) => {
    if (!config.production && !config.sandbox) {
      context.addIssue({ code: "custom", path: ["production"], message: needsOne });
    }
    for (const keyType of keyTypes) {
      const endpoints = endpointsWithPaths(config, keyType);
      for (const { path } of repeated(endpoints, ({ endpoint }) => endpoint.id)) {
        const message = "Two endpoints of a group share one id.";
        context.addIssue({ code: "custom", path: [...path, "id"], message });
      }
      if (config.kind !== "tiered") continue;
      if (endpoints.length > maxGroupMembers) {
        const message = `A group has at most ${maxGroupMembers} endpoints, those of all its pools counted.`;
        context.addIssue({ code: "custom", path: [keyType], message });
      }
      const tiers = (config[keyType] ?? []).map(({ id }, index) => ({ id, index }));
      for (const { index } of repeated(tiers, ({ id }) => id)) {
        context.addIssue({
          code: "custom",
          path: [keyType, index, "id"],
          message: "Two pools of a group share one id.",
        });
      }
    }
  });
export type EndpointConfig = z.infer<typeof endpointConfigSchema>;
export type EndpointConfigKind = EndpointConfig["kind"];

/** Those whose id one before them has. */
function repeated<Item>(items: readonly Item[], idOf: (item: Item) => string): Item[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const id = idOf(item);
    const isRepeated = seen.has(id);
    seen.add(id);
    return isRepeated;
  });
}

/** Which of an API's groups a consumer's key reaches. */
export const keyTypes = ["production", "sandbox"] as const;
export type KeyType = (typeof keyTypes)[number];

/** Every endpoint of one key type in order of position, with its path inside the configuration. */
export function endpointsWithPaths(
  config: EndpointConfig,
  keyType: KeyType,
): { endpoint: Endpoint; path: (string | number)[] }[] {
  switch (config.kind) {
    case "single": {
      const endpoint = config[keyType];
      return endpoint ? [{ endpoint, path: [keyType] }] : [];
    }
    case "load-balance":
      return (config[keyType] ?? []).map((endpoint, index) => ({ endpoint, path: [keyType, index] }));
    case "failover": {
      const target = config[keyType];
      if (!target) return [];
      return [
        { endpoint: target.primary, path: [keyType, "primary"] },
        ...target.failovers.map((endpoint, index) => ({ endpoint, path: [keyType, "failovers", index] })),
      ];
    }
    case "tiered":
      return (config[keyType] ?? []).flatMap(({ members }, tier) =>
        members.map((endpoint, index) => ({ endpoint, path: [keyType, tier, "members", index] })),
      );
  }
}

/** Every endpoint of one key type in order of position: the primary of a failover group first, tier after tier. */
export function endpointsOf(config: EndpointConfig, keyType: KeyType): Endpoint[] {
  return endpointsWithPaths(config, keyType).map(({ endpoint }) => endpoint);
}
