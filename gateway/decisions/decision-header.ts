import type { DecisionRecord, DecisionRound } from "../../lib/model/decision-record.ts";
import type { DecisionLog } from "./decision-log.ts";
import type { DecisionTrace } from "./decision-trace.ts";

/** The response field that tells a publisher who tries an API out how the request was decided. */
export const decisionHeaderName = "X-Fairlead-Decision";

/** Longest value; proxies in between may take no longer ones. */
const maxValueLength = 2_048;

/**
 * The field as it stands in a flat list of names and values: nothing, unless the caller has a valid try-out key.
 * Consumers do not learn what is behind an API.
 */
export function decisionHeader(log: DecisionLog, trace: DecisionTrace): string[] {
  if (trace.credential !== "try-out" || trace.keyType === undefined) return [];
  return [decisionHeaderName, decisionHeaderValue(log.document(trace))];
}

/**
 * A record in one line of ASCII: JSON with what the client does not know itself. What does not fit is left out, members
 * passed by first and then the earlier turns, and counted in `leftOut`.
 */
export function decisionHeaderValue(record: DecisionRecord): string {
  const withPassedBy = asciiJson(headerDocument(record, record.rounds, true));
  if (withPassedBy.length <= maxValueLength) return withPassedBy;
  for (let first = 0; ; first += 1) {
    const value = asciiJson(headerDocument(record, record.rounds.slice(first), false));
    if (value.length <= maxValueLength || first >= record.rounds.length) return value;
  }
}

function headerDocument(record: DecisionRecord, rounds: readonly DecisionRound[], hasPassedBy: boolean) {
  const { gatewayId, route, key, session, noRetry, refusal } = record;
  const shown = rounds.length + (hasPassedBy ? countPassedBy(rounds) : 0);
  const leftOut = record.leftOut + record.rounds.length + countPassedBy(record.rounds) - shown;
  return {
    gateway: gatewayId,
    revision: route?.revision,
    keyType: key?.type,
    ...(session && session.kind !== "none" && { session: session.kind, isSessionFound: session.isFound }),
    rounds: rounds.map(({ passedBy, chosen, attempts }) => ({
      ...(hasPassedBy && passedBy.length > 0 && { passedBy: passedBy.map(passedByDocument) }),
      ...(chosen && { endpoint: chosen.id, origin: chosen.origin, by: reasonToChoose(chosen) }),
      attempts: attempts.map(({ status, code, durationMs }) => ({
        outcome: code ?? status,
        ms: Math.round(durationMs),
      })),
    })),
    ...(noRetry && { noRetry }),
    ...(refusal && { refusal }),
    ...(leftOut > 0 && { leftOut }),
  };
}

function passedByDocument({ endpoint, reason, until }: DecisionRound["passedBy"][number]) {
  return { endpoint: endpoint.id, reason, ...(until !== null && { until }) };
}

function reasonToChoose({ viaSession, probing }: NonNullable<DecisionRound["chosen"]>): "session" | "probe" | "turn" {
  if (probing) return "probe";
  return viaSession ? "session" : "turn";
}

function countPassedBy(rounds: readonly DecisionRound[]): number {
  return rounds.reduce((count, { passedBy }) => count + passedBy.length, 0);
}

/** RFC 9110 §5.5: a field value is ASCII; JSON can say everything else in escapes. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
