import pino from "pino";
import { expect, it } from "vitest";
import { countAnswer, emptyApiCount } from "../../lib/model/api-statistics.ts";
import { DecisionLog } from "../decisions/decision-log.ts";
import { StatisticsReporter } from "./statistics-reporter.ts";

function oneAnswer() {
  const count = emptyApiCount("api");
  countAnswer(count, 200, 10);
  return { counts: [count], changes: [], failures: [] };
}

it("keeps counts while the database is away, and sends a batch that may have arrived as it was", async () => {
  const sent: { id: string; requests: number }[] = [];
  let isAway = true;
  const reporter = new StatisticsReporter({
    take: async () => oneAnswer(),
    record: async ({ id, counts }) => {
      sent.push({ id, requests: counts.reduce((sum, { requests }) => sum + requests, 0) });
      if (isAway) throw new Error("the database is away");
    },
    intervalMs: 3_600_000,
    log: pino({ level: "silent" }),
  });
  await reporter.report();
  await reporter.report();
  isAway = false;
  await reporter.report();
  await reporter.report();
  expect(sent.map(({ requests }) => requests)).toEqual([1, 1, 1, 3]);
  expect(new Set(sent.slice(0, 3).map(({ id }) => id)).size).toBe(1);
  await reporter.close();
  expect(sent.at(-1)?.requests).toBe(1);
});

/** What a worker takes: so many failures of an API, each with an id of its own. */
function failuresOf(apiId: string, count: number, name: string) {
  const log = new DecisionLog({
    gatewayId: "gateway",
    wallClock: () => Date.UTC(2030, 0, 1),
    findOrigin: () => undefined,
  });
  for (let number = 0; number < count; number += 1) {
    const trace = log.begin("GET", { requestId: `${name} ${number}`, path: "/", search: "" }, false, 0);
    trace.routed({ id: apiId, name: "Shop", context: "/shop", version: "1", revision: 1 });
    log.end(trace, 502, true, 1);
  }
  return log.takeFailures();
}

it("writes no more failures of an API than are stored, however many workers had them, and those of another API beside", async () => {
  let turn = 0;
  const sent: string[][] = [];
  const reporter = new StatisticsReporter({
    take: async () => {
      turn += 1;
      const quiet = turn === 1 ? failuresOf("quiet", 1, "quiet") : [];
      const storm = Array.from({ length: 8 }, (_, worker) =>
        failuresOf("storm", 100, `storm ${turn} ${worker}`),
      ).flat();
      return { counts: [], changes: [], failures: [...quiet, ...storm] };
    },
    record: async ({ failures }) => {
      sent.push(failures.map(({ requestId }) => requestId));
      if (turn < 3) throw new Error("the database is away");
    },
    intervalMs: 3_600_000,
    log: pino({ level: "silent" }),
  });
  for (let report = 0; report < 4; report += 1) await reporter.report();
  const newest = (from: string) => Array.from({ length: 100 }, (_, number) => `${from} 7 ${number}`);
  expect(sent.at(-2)).toEqual(["quiet 0", ...newest("storm 1")]);
  expect(sent.at(-1)).toEqual(newest("storm 4"));
  await reporter.close();
});
