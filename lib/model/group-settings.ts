import { z } from "zod";

const status = z
  .number({ error: "A failover status is a whole number from 400 to 599." })
  .int("A failover status is a whole number from 400 to 599.")
  .min(400, "Only statuses from 400 to 599 tell of a failure.")
  .max(599, "Only statuses from 400 to 599 tell of a failure.");

/**
 * HTTP statuses of an endpoint that send a request on to the next one, as an error would. An endpoint that says
 * `Retry-After` (seconds) with such a status is passed by for so long; without it, its state does not change.
 * RFC 9110 §10.2.3. When there is no other endpoint, the client gets the answer as it is.
 */
export const failoverStatusesSchema = z.strictObject({
  statuses: z.array(status).min(1, "Name at least one status, for example 503.").max(50, "At most 50 statuses."),
  /** Whether methods other than GET and HEAD go on too, if trying them twice is harmless or allowed. */
  allMethods: z.boolean().default(false),
});
export type FailoverStatuses = z.infer<typeof failoverStatusesSchema>;

const count = (label: string) =>
  z
    .number({ error: `${label} is a whole number from 1 to 100.` })
    .int(`${label} is a whole number from 1 to 100.`)
    .min(1, `${label} is at least 1.`)
    .max(100, `${label} is at most 100.`);

const durationMs = (label: string, min: number, max: number) =>
  z
    .number({ error: `${label} is a whole number of milliseconds from ${min} to ${max}.` })
    .int(`${label} is a whole number of milliseconds.`)
    .min(min, `${label} is at least ${min} ms.`)
    .max(max, `${label} is at most ${max} ms.`);

export const healthCheckMethods = ["GET", "HEAD", "OPTIONS"] as const;

const httpStatus = (label: string) =>
  z
    .number({ error: `${label} is a status from 100 to 599.` })
    .int(`${label} is a status from 100 to 599.`)
    .min(100, `${label} is a status from 100 to 599.`)
    .max(599, `${label} is a status from 100 to 599.`);

/**
 * Active checks: every endpoint of the group is asked in turn, so that one that is down is passed by before a user meets
 * it, and one that is up again ends its suspension early.
 */
export const healthCheckSchema = z
  .strictObject({
    method: z.enum(healthCheckMethods).default("GET"),
    /** Path and query at the endpoint's host; it does not follow the endpoint's own path. */
    path: z
      .string()
      .min(1, "The path begins with /, for example /health.")
      .max(2048, "The path is at most 2048 characters long.")
      .regex(/^\/[\x21-\x7e]*$/, "The path begins with / and has no spaces, for example /health."),
    /** Any status from..to counts as up. */
    statusFrom: httpStatus("The lowest status").default(200),
    statusTo: httpStatus("The highest status").default(399),
    /** Between two checks of one endpoint, ms; each interval is varied by up to a tenth. */
    intervalMs: durationMs("Interval", 500, 3_600_000).default(10_000),
    timeoutMs: durationMs("Timeout", 100, 60_000).default(2_000),
    /** Checks in a row that must succeed before an endpoint that was found down counts as up. */
    rise: count("Rise").default(2),
    /** Checks in a row that must fail before an endpoint counts as down. */
    fall: count("Fall").default(3),
  })
  .refine(({ statusFrom, statusTo }) => statusFrom <= statusTo, {
    path: ["statusTo"],
    message: "The highest status is not below the lowest.",
  });
export type HealthCheck = z.infer<typeof healthCheckSchema>;

export const slowStartMsSchema = durationMs("Slow start", 1, 3_600_000);
