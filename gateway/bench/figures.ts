import type { CaseResult, LaneResult, Round } from "./result.ts";
import { median } from "./statistics.ts";

type Figure = keyof Round;

/** The median of one figure over the rounds of a lane; NaN where it has none. */
export function medianOf(lane: LaneResult, figure: Figure): number {
  return median(lane.rounds.flatMap((round) => round[figure] ?? []));
}

/** How often one lane's figure contains another's: the median over rounds, since those of one round ran side by side. */
export function ratioOf(lane: LaneResult, to: LaneResult, figure: Figure): number {
  const ratios = lane.rounds.map(
    (round, index) => (round[figure] ?? Number.NaN) / (to.rounds[index]?.[figure] ?? Number.NaN),
  );
  return median(ratios.filter((ratio) => !Number.isNaN(ratio)));
}

export function failedIn(lane: LaneResult): number {
  return lane.rounds.reduce((sum, { failed }) => sum + failed, 0);
}

export function laneOf(cases: readonly CaseResult[], caseId: string, contender: string): LaneResult | undefined {
  return cases.find(({ id }) => id === caseId)?.lanes.find((lane) => lane.contender === contender);
}
