import type { TryOutDecision } from "@/lib/model/try-out.ts";

/** How long endpoints had the request, ms; undefined where the gateway did not say. */
export function endpointMs(decision: TryOutDecision | undefined): number | undefined {
  return decision?.rounds.flatMap(({ attempts }) => attempts).reduce((sum, { ms }) => sum + ms, 0);
}

/** Who answered: the origin that was tried last; undefined: no endpoint. */
export function answeredBy(decision: TryOutDecision | undefined): string | undefined {
  return decision?.rounds.findLast(({ attempts }) => attempts.length > 0)?.origin;
}
