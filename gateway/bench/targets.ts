import { benchCases } from "./cases.ts";
import { failedIn, laneOf, medianOf, ratioOf } from "./figures.ts";
import type { CaseResult, Round } from "./result.ts";

/** What the gateway has to reach, and what it did in a run. */
export type Target = { text: string; bound: string; measured: string; isReached: boolean };

type Rule = {
  text: string;
  /** The highest that is good enough, or the lowest. */
  atMost?: number;
  atLeast?: number;
  unit?: string;
  digits?: number;
  /** NaN or undefined: not measured in this run. */
  measure: (cases: readonly CaseResult[]) => number | undefined;
};

const titleOf = (caseId: string) => benchCases.find(({ id }) => id === caseId)?.title ?? caseId;

/** The gateway against a contender, in one figure of a case. */
function against(caseId: string, contender: string, atMost: number, figure: keyof Round = "cpuMicros"): Rule {
  const of = figure === "cpuMicros" ? "processor time" : "99th percentile";
  return {
    text: `${titleOf(caseId)}: ${of}, of ${contender}'s`,
    atMost,
    unit: "×",
    measure: (cases) => {
      const [one, other] = [laneOf(cases, caseId, "fairlead"), laneOf(cases, caseId, contender)];
      return one && other && ratioOf(one, other, figure);
    },
  };
}

/** The second lane of a case that the gateway runs against itself, against the first one. */
function againstItself(
  caseId: string,
  rule: Pick<Rule, "text" | "atMost" | "atLeast" | "digits">,
  of = (x: number) => x,
): Rule {
  return {
    ...rule,
    unit: "×",
    measure: (cases) => {
      const [first, second] = cases.find(({ id }) => id === caseId)?.lanes ?? [];
      return first && second && of(ratioOf(second, first, "cpuMicros"));
    },
  };
}

const rules: readonly Rule[] = [
  against("get-1k", "nginx", 1.5),
  against("get-1k", "apache", 0.5),
  against("get-1k", "caddy", 0.35),
  ...["fastify-http-proxy", "http-proxy", "http-proxy-middleware"].map((id) => against("get-1k", id, 0.2)),
  against("post-chunked", "nginx", 1.8),
  against("session", "nginx", 1.8),
  against("failover", "nginx", 1.8),
  againstItself("apis", { text: "10,000 APIs: processor time, of that with 1", atMost: 1.03, digits: 3 }),
  againstItself("reload", { text: "A reload every 100 ms: processor time, of that without", atMost: 1.05, digits: 3 }),
  {
    text: "A reload every 100 ms: failed requests",
    atMost: 0,
    digits: 0,
    measure: (cases) => cases.find(({ id }) => id === "reload")?.lanes.reduce((sum, lane) => sum + failedIn(lane), 0),
  },
  againstItself("rate-limits", { text: "A rate limit: processor time, of that without", atMost: 1.03, digits: 3 }),
  {
    text: "A known JWT instead of an API key: processor time of a request",
    atMost: 30,
    unit: "µs more",
    digits: 1,
    measure: (cases) => {
      const [key, token] = cases.find(({ id }) => id === "tokens")?.lanes ?? [];
      return key && token && medianOf(token, "cpuMicros") - medianOf(key, "cpuMicros");
    },
  },
  againstItself(
    "workers",
    { text: "Two workers on two cores: throughput by processor time, of one's", atLeast: 1.8 },
    (cost) => 2 / cost,
  ),
  against("half-rate", "nginx", 1.5, "p99Ms"),
  {
    text: "Memory of an idle client connection",
    atMost: 12,
    unit: "KiB",
    digits: 1,
    measure: (cases) => {
      const lane = laneOf(cases, "memory", "fairlead");
      return lane && medianOf(lane, "bytesPerConnection") / 1_024;
    },
  },
  {
    text: "Resident memory of the gateway with one worker under full load",
    atMost: 150,
    unit: "MB",
    digits: 0,
    measure: (cases) => {
      const lane = laneOf(cases, "get-1k", "fairlead");
      return lane && medianOf(lane, "residentBytes") / 1e6;
    },
  },
];

/** What of the targets a run measured. */
export function targetsIn(cases: readonly CaseResult[]): Target[] {
  return rules.flatMap(({ text, atMost, atLeast, unit, digits = 2, measure }) => {
    const value = measure(cases);
    if (value === undefined || Number.isNaN(value)) return [];
    const worded = (number: number, places: number) =>
      unit === "×" ? `× ${number.toFixed(places)}` : [number.toFixed(places), unit].filter(Boolean).join(" ");
    const isReached = (atMost === undefined || value <= atMost) && (atLeast === undefined || value >= atLeast);
    const bound =
      atMost === undefined ? `≥ ${worded(atLeast ?? 0, 1)}` : `≤ ${worded(atMost, Number.isInteger(atMost) ? 0 : 2)}`;
    return [{ text, bound, measured: worded(value, digits), isReached }];
  });
}
