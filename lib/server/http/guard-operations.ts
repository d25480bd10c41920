import "server-only";
import { z } from "zod";
import { type GuardWatch, guardFiguresSchema, guardSettingsSchema, watchStates } from "../../model/guard.ts";
import type { Operation } from "./operation.ts";
import { noQuery } from "./query-parts.ts";

const guardRepresentation = guardSettingsSchema.meta({
  id: "APIGuard",
  description:
    "How changes of an API are watched: watchMinutes long, for maxErrorPoints percentage points more failed requests and maxLatencyPercent percent more latency (95th percentile), judged from minRequests on.",
});

const watchRepresentation = z
  .strictObject({
    id: z.uuid(),
    revision: z.int().meta({ description: "The change that is watched." }),
    baseRevision: z.int().meta({ description: "What is restored when it fails." }),
    state: z.enum(watchStates),
    author: z.string(),
    settings: guardRepresentation,
    startedTime: z.iso.datetime(),
    endedTime: z.iso.datetime().nullable(),
    remainingMs: z.number(),
    reason: z.string(),
    figures: guardFiguresSchema.nullable(),
    restoredRevision: z.int().nullable().meta({ description: "The revision as which the earlier one came back." }),
    silentGateways: z.array(z.string()).meta({ description: "Gateways that counted and are no longer heard of." }),
    isUnwatched: z.boolean().meta({ description: "No gateway is there to watch; the time stands still." }),
    dismissedBy: z.string().nullable(),
  })
  .meta({ id: "APIGuardWatch" });

export function representationFromWatch(watch: GuardWatch): z.input<typeof watchRepresentation> {
  const { actorName, startedAt, endedAt, ...rest } = watch;
  return {
    ...rest,
    author: actorName,
    startedTime: startedAt.toISOString(),
    endedTime: endedAt?.toISOString() ?? null,
  };
}

export const getGuardOperation = {
  method: "GET",
  path: "/apis/{apiId}/guard",
  operationId: "getAPIGuard",
  summary: "How publishes of an API are guarded",
  query: noQuery,
  answer: { status: 200, description: "The settings", body: guardRepresentation },
  errors: [403, 404],
} as const satisfies Operation;

export const setGuardOperation = {
  method: "PUT",
  path: "/apis/{apiId}/guard",
  operationId: "setAPIGuard",
  summary: "Set how publishes of an API are guarded, from the next change on; the API's revision stays",
  query: noQuery,
  body: guardRepresentation,
  answer: { status: 200, description: "The settings", body: guardRepresentation },
  errors: [400, 403, 404, 413, 415],
} as const satisfies Operation;

export const listWatchesOperation = {
  method: "GET",
  path: "/apis/{apiId}/guard/watches",
  operationId: "getAPIGuardWatches",
  summary: "The last changes of an API that were watched, the newest first",
  query: noQuery,
  answer: {
    status: 200,
    description: "At most 20 of them",
    body: z.strictObject({ count: z.int(), list: z.array(watchRepresentation) }).meta({ id: "APIGuardWatchList" }),
  },
  errors: [403, 404],
} as const satisfies Operation;

export const keepChangeOperation = {
  method: "POST",
  path: "/apis/{apiId}/guard/watches/{watchId}/keep",
  operationId: "keepWatchedChange",
  summary: "Keep a change against the guard: end its watch, or bring it back unwatched after it was taken back",
  query: noQuery,
  answer: { status: 200, description: "It is kept" },
  errors: [400, 403, 404, 409, 412],
} as const satisfies Operation;

export const dismissWatchOperation = {
  method: "POST",
  path: "/apis/{apiId}/guard/watches/{watchId}/dismiss",
  operationId: "dismissWatch",
  summary: "Put the message of a watch's end away, for everybody",
  query: noQuery,
  answer: { status: 200, description: "It is away" },
  errors: [400, 403, 404],
} as const satisfies Operation;

/** The calls about guarded publishes. */
export const guardOperations: readonly Operation[] = [
  getGuardOperation,
  setGuardOperation,
  listWatchesOperation,
  keepChangeOperation,
  dismissWatchOperation,
];
