import { z } from "zod";
import type { DecisionRecord } from "./decision-record.ts";
import { failureReason } from "./explain-decision.ts";

/** One request as lists show it. */
export const requestLineSchema = z.strictObject({
  requestId: z.string(),
  at: z.iso.datetime(),
  method: z.string(),
  path: z.string(),
  status: z.number().int(),
  code: z.string().nullable(),
  /** Why it failed, in a sentence; null where it did not, and from gateways that do not tell yet. */
  reason: z.string().nullable().default(null),
  durationMs: z.number(),
  /** Endpoints that were tried. */
  tried: z.number().int(),
  /** Origin of the endpoint that was tried last; null where none was. */
  origin: z.string().nullable(),
  gatewayId: z.string(),
});
export type RequestLine = z.infer<typeof requestLineSchema>;

/** The line of a record. */
export function requestLine(record: DecisionRecord): RequestLine {
  const { requestId, at, method, path, durationMs, gatewayId, answer, rounds } = record;
  const tried = rounds.flatMap(({ chosen }) => (chosen ? [chosen] : []));
  const last = tried.at(-1);
  return {
    ...{ requestId, at, method, path, durationMs, gatewayId },
    status: answer.status,
    code: answer.code,
    reason: failureReason(record),
    tried: tried.length,
    origin: last?.origin ?? null,
  };
}

/** Requests of one API from every gateway that answered, newest first. */
export const requestListSchema = z.strictObject({
  requests: z.array(requestLineSchema),
  /** The gateways of these requests, with their hosts; the id where one is not known any more. */
  gateways: z.array(z.strictObject({ id: z.string(), host: z.string() })),
  /** Gateways that answered. */
  answered: z.number().int(),
  /** Hosts of gateways that are connected and did not answer in time. */
  silent: z.array(z.string()),
});
export type RequestList = z.infer<typeof requestListSchema>;
