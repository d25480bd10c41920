import pino from "pino";
import { expect, it } from "vitest";
import { countAnswer, emptyApiCount } from "../../lib/model/api-statistics.ts";
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
