import { z } from "zod";
import { type EndpointConfigKind, keyTypes, sessionKinds } from "./endpoint-config.ts";
import { tokenRefusalSchema } from "./token-refusal.ts";

/** Why a request did not go to a member that was looked at. */
export const passedByReasons = [
  "off",
  "draining",
  "suspended",
  "timeout",
  "being-probed",
  "found-down",
  "warming-up",
  "tried",
] as const;
export type PassedByReason = (typeof passedByReasons)[number];

/** Why a failed attempt, or an answer with a failover status, was not followed by another attempt. */
export const noRetryReasons = [
  "failover-off",
  "body-not-kept",
  "disabled-code",
  "discard",
  "not-idempotent",
  "method-not-chosen",
  "no-endpoint-left",
] as const;
export type NoRetryReason = (typeof noRetryReasons)[number];

/** Why a request ended before any endpoint was looked at, or without one that could be tried. */
export const refusalReasons = [
  "malformed",
  "head-too-large",
  "body-too-large",
  "no-api",
  "climbing-path",
  "blocked",
  "origin-refused",
  "key-missing",
  "key-invalid",
  "credentials-missing",
  "token-refused",
  "keys-unavailable",
  "no-endpoint-of-type",
  "api-limit",
  "key-limit",
  "consumer-limit",
  "operation-limit",
  "no-operation",
  "no-method",
  "method-not-served",
  "no-credentials",
  "group-not-ready",
  "endpoint-not-ready",
  "session-endpoint-not-ready",
  "slow-client",
  "gateway-fault",
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/**
 * Whose limit a request met: of all requests to the API, of those with its key or of the consumer that its token names, or
 * of those to its operation.
 */
export const limitLevels = ["api", "key", "consumer", "operation"] as const;
export type LimitLevel = (typeof limitLevels)[number];

/** How a request named its caller. What it said is never kept. */
export const credentialKinds = ["none", "apikey", "try-out", "token"] as const;
export type CredentialKind = (typeof credentialKinds)[number];

const groupKinds = ["single", "load-balance", "failover", "tiered"] as const satisfies readonly EndpointConfigKind[];

/** An endpoint as a record names it: never more of its URL than the origin, null where it is no longer configured. */
const recordedEndpointSchema = z.strictObject({ id: z.string(), origin: z.string().nullable() });
export type RecordedEndpoint = z.infer<typeof recordedEndpointSchema>;

const attemptSchema = z.strictObject({
  /**
   * `success`: the endpoint answered, with any status. `passed-on`: it answered with a failover status. `void`: nothing
   * can be said of it, because the client left or was too slow. `pending`: it has not ended.
   */
  outcome: z.enum(["success", "passed-on", "error", "void", "pending"]),
  /** HTTP status of the endpoint's answer. */
  status: z.number().int().nullable(),
  /** Error code, of lib/model/error-code.ts. */
  code: z.string().nullable(),
  /** Whether bytes of the request may have reached the endpoint; null where nobody needs to know: it answered. */
  wasSent: z.boolean().nullable(),
  /** Whether a kept connection turned out to be closed; the endpoint is not to blame. */
  isStale: z.boolean(),
  /** Whether it went over a connection that was kept from an earlier request. */
  isReused: z.boolean(),
  /** ms until a new connection stood; null: there was none to wait for, or it never stood. */
  connectMs: z.number().nullable(),
  /** ms from the beginning of the attempt until response headers or its failure. */
  durationMs: z.number(),
});
export type AttemptRecord = z.infer<typeof attemptSchema>;

/** One turn of choosing: who was looked at and passed by, who was taken, and what came of it. */
const roundSchema = z.strictObject({
  /** ms from the beginning of the request. */
  atMs: z.number(),
  passedBy: z.array(
    z.strictObject({
      endpoint: recordedEndpointSchema,
      reason: z.enum(passedByReasons),
      until: z.iso.datetime().nullable(),
    }),
  ),
  /** Null: nobody could be had. */
  chosen: recordedEndpointSchema
    .extend({
      /** Whether a session chose it rather than the rotation. */
      viaSession: z.boolean(),
      /** Whether this attempt found out if a suspended endpoint is well again. */
      probing: z.boolean(),
    })
    .nullable(),
  /** More than one only when a kept connection turned out to be closed. */
  attempts: z.array(attemptSchema),
});
export type DecisionRound = z.infer<typeof roundSchema>;

/**
 * How one request was decided at one gateway. There are no header values in it, no bodies, no query and no key: whoever
 * may see the API may see it.
 */
export const decisionRecordSchema = z.strictObject({
  requestId: z.string(),
  /** How many requests with this id are kept, of which this is the newest: clients may use an id again. Null in lists. */
  sameId: z.number().int().min(1).nullable(),
  gatewayId: z.string(),
  /** When the request's head had arrived. */
  at: z.iso.datetime(),
  /** ms until the end of the response; of an upgrade: until its answer. */
  durationMs: z.number(),
  kind: z.enum(["request", "upgrade"]),
  method: z.string(),
  /** Without the query. */
  path: z.string(),
  /** Whether only the beginning of the path is kept. */
  isPathCut: z.boolean(),
  /** The API it belongs to; null: no API answers at this path. */
  route: z
    .strictObject({
      apiId: z.string(),
      name: z.string(),
      context: z.string(),
      version: z.string(),
      revision: z.number().int(),
    })
    .nullable(),
  /** Which of the API's operations it is; null: none, or operations change nothing at this API. */
  operation: z.strictObject({ method: z.string(), path: z.string() }).nullable().default(null),
  /** How the caller was known, and which endpoints that leads to; null: nobody asked, the request ended before. */
  key: z.strictObject({ given: z.enum(credentialKinds), type: z.enum(keyTypes).nullable() }).nullable(),
  /** Why its token was refused, or that there was none where tokens are taken; null: it was not, or none is asked for. */
  token: tokenRefusalSchema.nullable().default(null),
  /** The limit that had no room for the request, and whether it was served all the same; null: none. */
  limit: z
    .strictObject({ level: z.enum(limitLevels), tier: z.string(), isObserved: z.boolean() })
    .nullable()
    .default(null),
  /** What was shown to the endpoints, and how long the request waited for it, ms; null: nothing. */
  endpointSecurity: z
    .strictObject({ kind: z.enum(["basic", "digest", "oauth", "api-key"]), waitedMs: z.number() })
    .nullable()
    .default(null),
  /** How the endpoints stand together; null: the request ended before. */
  group: z.strictObject({ kind: z.enum(groupKinds), mayFailOver: z.boolean() }).nullable(),
  /** Null: the request ended before. */
  session: z
    .strictObject({
      kind: z.enum(sessionKinds),
      /** Whether the client named a session, by whatever its kind asks for. */
      isNamed: z.boolean(),
      /** Whether it is one that this group knows. */
      isFound: z.boolean(),
      boundEndpoint: recordedEndpointSchema.nullable(),
      /** Whether another endpoint answered, which the session is bound to from now on. */
      isRebound: z.boolean(),
    })
    .nullable(),
  rounds: z.array(roundSchema),
  /** Members passed by and attempts beyond what one record holds. */
  leftOut: z.number().int().min(0),
  answer: z.strictObject({
    /** What the client got; 499: it left before. */
    status: z.number().int(),
    /** Code of the gateway's own answer; null: the answer is an endpoint's. */
    code: z.string().nullable(),
    /** Whether the client got all of it. */
    isWhole: z.boolean(),
  }),
  /** Why a failed attempt was not followed by another one; null where the last one answered with no failover status. */
  noRetry: z.enum(noRetryReasons).nullable(),
  /** Why the gateway itself answered; null where an endpoint did, or an attempt's error. */
  refusal: z.enum(refusalReasons).nullable(),
});
export type DecisionRecord = z.infer<typeof decisionRecordSchema>;

/** How many requests each worker of a gateway keeps, and how many of those that failed. */
export const keptRequests = { recent: 1_000, failed: 10_000 } as const;

/** Status of a request whose client left before an answer. Source: nginx. */
export const clientLeftStatus = 499;

/** Whether a request counts as failed: it is kept longer. */
export function hasFailed(status: number, code: string | null | undefined): boolean {
  return status >= clientLeftStatus || typeof code === "string";
}
