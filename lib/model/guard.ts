import { z } from "zod";

const wholeNumber = (label: string, least: number, most: number) =>
  z
    .number({ error: `${label} is a whole number from ${least} to ${most}.` })
    .int(`${label} is a whole number from ${least} to ${most}.`)
    .min(least, `${label} is at least ${least}.`)
    .max(most, `${label} is at most ${most}.`);

/** How changes of an API are watched after they are live. */
export const guardSettingsSchema = z.strictObject({
  enabled: z.boolean(),
  /** How long a change is watched, minutes. */
  watchMinutes: wholeNumber("The watch time", 1, 60),
  /** By how many percentage points the share of failed requests may grow. */
  maxErrorPoints: z
    .number({ error: "The error limit is a number of percentage points from 0.1 to 100." })
    .min(0.1, "The error limit is at least 0.1 percentage points.")
    .max(100, "The error limit is at most 100 percentage points."),
  /** By how many percent the 95th percentile of the latency may grow. */
  maxLatencyPercent: z
    .number({ error: "The latency limit is a number of percent from 10 to 10000." })
    .min(10, "The latency limit is at least 10 %: latency varies by itself.")
    .max(10_000, "The latency limit is at most 10000 %."),
  /** So many requests are needed, before and after, for a judgement. */
  minRequests: wholeNumber("The number of requests", 1, 1_000_000),
});
export type GuardSettings = z.infer<typeof guardSettingsSchema>;

/** What a publisher begins with. */
export const defaultGuardSettings: GuardSettings = {
  enabled: false,
  watchMinutes: 10,
  maxErrorPoints: 5,
  maxLatencyPercent: 100,
  minRequests: 50,
};

/**
 * - watching: gateways watch the change.
 * - passed: the time is over, and nothing spoke against it.
 * - restored: a limit was passed, and the earlier revision is back.
 * - unrestorable: a limit was passed, but the earlier revision could not come back.
 * - kept: somebody kept the change against the guard, or before its time was over.
 * - superseded: another change of what gateways serve came, which is watched itself, or the API is live no more.
 */
export const watchStates = ["watching", "passed", "restored", "unrestorable", "kept", "superseded"] as const;
export type WatchState = (typeof watchStates)[number];

const trafficFigures = z.strictObject({
  requests: z.number().int(),
  failures: z.number().int(),
  /** 95th percentile of the latency, ms; null without requests. */
  p95Ms: z.number().nullable(),
});
export type TrafficFigures = z.infer<typeof trafficFigures>;

/** What a judgement goes by. */
export const guardFiguresSchema = z.strictObject({
  /** The gateway that the figures are of; null: all of them together. */
  gatewayId: z.string().nullable(),
  before: trafficFigures,
  after: trafficFigures,
});
export type GuardFigures = z.infer<typeof guardFiguresSchema>;

/** A watch, as the pages of its API and REST tell of it. */
export const guardWatchSchema = z.strictObject({
  id: z.string(),
  /** The change that is watched, and what is restored when it fails. */
  revision: z.number().int(),
  baseRevision: z.number().int(),
  state: z.enum(watchStates),
  settings: guardSettingsSchema,
  /** Who saved the change. */
  actorName: z.string(),
  startedAt: z.coerce.date(),
  endedAt: z.coerce.date().nullable(),
  /** By the database's clock, ms; 0 when it is over. */
  remainingMs: z.number(),
  /** How it ended, in a sentence; "" while it has not. */
  reason: z.string(),
  /** The present ones while it is watched, else those of its end; null where there were none. */
  figures: guardFiguresSchema.nullable(),
  restoredRevision: z.number().int().nullable(),
  /** Gateways that counted requests of the change and are no longer heard of. */
  silentGateways: z.array(z.string()),
  /** Whether there is any gateway to watch; without one the time stands still. */
  isUnwatched: z.boolean(),
  dismissedBy: z.string().nullable(),
});
export type GuardWatch = z.infer<typeof guardWatchSchema>;
