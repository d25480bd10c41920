import { z } from "zod";
import { decisionRecordSchema } from "./decision-record.ts";
import { keyTypes } from "./endpoint-config.ts";
import { requestLineSchema } from "./request-line.ts";

/** Most requests that a gateway tells of at once. */
export const maxRecentRequests = 100;

const apiId = z.string().min(1).max(64);

/** What a publisher can ask of every gateway. A gateway that does not know a question says nothing. */
export const gatewayQuestionSchema = z.discriminatedUnion("kind", [
  /** How the endpoints of an API are. */
  z.strictObject({ kind: z.literal("endpoints"), apiId }),
  /** To give an endpoint a fresh start, whatever its state: nothing is answered. */
  z.strictObject({ kind: z.literal("switch-on"), apiId, keyType: z.enum(keyTypes), endpointId: z.string().max(64) }),
  /** Why a request to an API went where it went; clients may have used its id at other APIs too. */
  z.strictObject({ kind: z.literal("request"), apiId, requestId: z.string().min(1).max(200) }),
  /** The newest requests of an API. */
  z.strictObject({
    kind: z.literal("recent-requests"),
    apiId,
    /** Only those that failed; they are kept longer. */
    failed: z.boolean(),
    limit: z.number().int().min(1).max(maxRecentRequests),
  }),
]);
export type GatewayQuestion = z.infer<typeof gatewayQuestionSchema>;

/** A question on its way, as a notification carries it. */
export const gatewayAskSchema = z.strictObject({ id: z.uuid(), ask: gatewayQuestionSchema });
export type GatewayAsk = z.infer<typeof gatewayAskSchema>;

export const liveEndpointStates = ["ACTIVE", "TIMEOUT", "SUSPENDED", "OFF"] as const;
export type LiveEndpointState = (typeof liveEndpointStates)[number];

const count = z.number().int().nonnegative();
/** An instant in ISO 8601, and how far away it was when the gateway answered: clocks of machines differ. ms. */
const instantAheadSchema = z.strictObject({ at: z.iso.datetime(), inMs: z.number().nonnegative() });

/** Attempts at an endpoint in one minute; `ago` 0 is the minute that is not over yet. */
export const minuteCountSchema = z.strictObject({ ago: count, requests: count, failures: count });
export type MinuteCount = z.infer<typeof minuteCountSchema>;

/** One endpoint as it is at one gateway. A member of a load-balanced group that nobody could reach is still here. */
export const liveEndpointSchema = z.object({
  id: z.string(),
  url: z.string(),
  state: z.enum(liveEndpointStates),
  /** Sessions go on, nothing new begins. */
  draining: z.boolean(),
  /** Found down by active checks. */
  healthDown: z.boolean(),
  /** Given less than its share until then, after it came back. */
  warmingUntil: instantAheadSchema.nullable(),
  /** When TIMEOUT or SUSPENDED lets the next request try; in the past: at the next request. */
  nextRetryAt: instantAheadSchema.nullable(),
  suspendDurationMs: z.number().nonnegative().nullable(),
  remainingRetries: count,
  lastError: z.strictObject({ code: z.string(), at: z.iso.datetime(), message: z.string() }).nullable(),
  /** Since the gateway started, or the endpoint was added. */
  requests: count,
  failures: count,
  /** The last minutes, those without a request left out. */
  minutes: z.array(minuteCountSchema).max(10),
});
export type LiveEndpoint = z.infer<typeof liveEndpointSchema>;

const liveGroupSchema = z.object({ kind: z.string(), endpoints: z.array(liveEndpointSchema) });

/** What a gateway answers to "endpoints"; nothing while it does not serve the API. */
export const endpointsAnswerSchema = z.object({
  /** Number of the API's document that is served. */
  revision: z.number().int(),
  groups: z.partialRecord(z.enum(keyTypes), liveGroupSchema),
});
export type EndpointsAnswer = z.infer<typeof endpointsAnswerSchema>;

/** What a gateway answers to "request"; nothing where it has none of this id. */
export const requestAnswerSchema = decisionRecordSchema;
/** What a gateway answers to "recent-requests", newest first. */
export const recentRequestsAnswerSchema = z.array(requestLineSchema);
