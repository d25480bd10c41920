// npm run soak: the figures that take load and time. Loopback only; ends by itself within five minutes.

import { monotonicClock } from "../memory/monotonic-clock.ts";
import type { Figure } from "./figure.ts";
import { measureOutages } from "./outage.ts";
import { measureSessionTraffic } from "./session-traffic.ts";
import { measureSessions } from "./sessions.ts";
import { measureSharedState } from "./shared-state.ts";

const deadlineMs = 5 * 60_000;

const signal = AbortSignal.timeout(deadlineMs);
signal.addEventListener("abort", () => {
  console.error("The soak test has taken longer than five minutes.");
  process.exit(1);
});
const now = monotonicClock();
const parts: { title: string; measure: () => Promise<Figure[]> }[] = [
  { title: "State that threads share", measure: () => measureSharedState(now) },
  { title: "Sessions in memory", measure: () => measureSessions(now) },
  { title: "Sessions under load", measure: () => measureSessionTraffic(now) },
  { title: "Outages and reloads under load", measure: () => measureOutages(signal) },
];

let missed = 0;
for (const { title, measure } of parts) {
  console.log(`\n${title}`);
  for (const { name, measured, bound, holds } of await measure()) {
    if (!holds) missed += 1;
    console.log(`  ${holds ? "✓" : "✗"} ${name.padEnd(62)} ${measured.padEnd(34)} ${bound}`);
  }
}
console.log(missed === 0 ? "\nEvery figure holds." : `\n${missed} figures do not hold.`);
process.exit(missed === 0 ? 0 : 1);
