import type { GuardFigures, GuardSettings, TrafficFigures } from "./guard.ts";
import { latencyPercentile } from "./latency-buckets.ts";
import { addWatchCount, emptyWatchCount, type WatchCount } from "./watch-count.ts";

/** What one gateway counted before a change and after it. */
export type GatewayTraffic = { gatewayId: string; before: WatchCount; after: WatchCount };

/** `exceeded`: which limit was passed, in a sentence. */
export type Verdict = { figures: GuardFigures; exceeded: string | undefined };

/** Latency that differs by less than this, ms, differs by chance. */
const chanceMs = 5;

/**
 * Judges a change by what gateways counted: all together, and each by itself, since a fault at one of many drowns in the
 * sum. The first limit that was passed counts; without one the figures are those of all gateways.
 */
export function judge(settings: GuardSettings, gateways: readonly GatewayTraffic[]): Verdict {
  const together = figuresOf(null, sumOf(gateways));
  const each = gateways.length > 1 ? gateways.map((gateway) => figuresOf(gateway.gatewayId, gateway)) : [];
  for (const figures of [together, ...each]) {
    // A gateway that served nothing before is compared with what the others had.
    const before = figures.before.requests >= settings.minRequests ? figures.before : together.before;
    const exceeded = exceededLimit(settings, before, figures.after);
    if (exceeded !== undefined) return { figures: { ...figures, before }, exceeded };
  }
  return { figures: together, exceeded: undefined };
}

function sumOf(gateways: readonly GatewayTraffic[]): Omit<GatewayTraffic, "gatewayId"> {
  const before = emptyWatchCount("", 0);
  const after = emptyWatchCount("", 0);
  for (const gateway of gateways) {
    addWatchCount(before, gateway.before);
    addWatchCount(after, gateway.after);
  }
  return { before, after };
}

function figuresOf(
  gatewayId: string | null,
  { before, after }: { before: WatchCount; after: WatchCount },
): GuardFigures {
  return { gatewayId, before: trafficOf(before), after: trafficOf(after) };
}

function trafficOf({ requests, failures, latency }: WatchCount): TrafficFigures {
  return { requests, failures, p95Ms: latencyPercentile(latency, 0.95) ?? null };
}

/** Without enough requests before, failures are compared with none, and latency with nothing. */
function exceededLimit(settings: GuardSettings, before: TrafficFigures, after: TrafficFigures): string | undefined {
  if (after.requests < settings.minRequests) return undefined;
  const isKnown = before.requests >= settings.minRequests;
  const rateBefore = isKnown ? errorPercent(before) : 0;
  const rate = errorPercent(after);
  if (rate - rateBefore > settings.maxErrorPoints) {
    const known = isKnown ? `${percent(rateBefore)} before` : "too few requests before to compare with";
    return `${percent(rate)} of ${count(after.requests)} requests failed (${known}); the limit is ${settings.maxErrorPoints} percentage points more.`;
  }
  if (!isKnown || after.p95Ms === null || before.p95Ms === null) return undefined;
  const limitMs = before.p95Ms * (1 + settings.maxLatencyPercent / 100) + chanceMs;
  if (after.p95Ms <= limitMs) return undefined;
  return `95 of 100 requests took up to ${milliseconds(after.p95Ms)} (${milliseconds(before.p95Ms)} before); the limit is ${settings.maxLatencyPercent} % more.`;
}

/** The share of failed requests, percent. */
export function errorPercent({ requests, failures }: TrafficFigures): number {
  return requests === 0 ? 0 : (failures / requests) * 100;
}

const percent = (value: number) => `${value.toLocaleString("en-US", { maximumFractionDigits: 1 })} %`;
const milliseconds = (value: number) =>
  `${value.toLocaleString("en-US", { maximumFractionDigits: value < 10 ? 1 : 0 })} ms`;
const count = (value: number) => value.toLocaleString("en-US");

/** Figures in a line: "3.1 % of 1,200 requests failed, 95 % within 80 ms". */
export function figuresInWords(figures: TrafficFigures): string {
  if (figures.requests === 0) return "no requests";
  const latency = figures.p95Ms === null ? "" : `, 95 % within ${milliseconds(figures.p95Ms)}`;
  return `${percent(errorPercent(figures))} of ${count(figures.requests)} requests failed${latency}`;
}
