import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { benchCases } from "./cases.ts";
import { chartOf } from "./chart.ts";
import { documentsOf, readResult } from "./document.ts";
import type { CaseResult } from "./result.ts";
import { rowsOf } from "./table.ts";
import { targetsIn } from "./targets.ts";

const round = (cpuMicros: number, failed = 0) => ({ cpuMicros, failed, residentBytes: 100e6 });
const lane = (contender: string, ...cpu: number[]) => ({
  contender,
  title: contender,
  rounds: cpu.map((each) => round(each)),
});
const getCase = (...lanes: CaseResult["lanes"]): CaseResult => ({ id: "get-1k", title: "1 KiB GET", lanes });

describe("the documents of the run in docs/performance.json", () => {
  const documents = Object.entries(documentsOf(readResult()));

  it.each(documents)("%s is what it makes: npm run bench -- --document", (path, text) => {
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  it("are of a whole run", () => {
    expect(readResult().cases.map(({ id }) => id)).toEqual(benchCases.map(({ id }) => id));
  });
});

describe("a target", () => {
  const memory = "Resident memory of the gateway with one worker under full load";

  it.each([
    [15, "× 1.50", true],
    [15.1, "× 1.51", false],
  ])("against nginx's 10 µs is measured at %d µs as %s", (micros, measured, isReached) => {
    const targets = targetsIn([getCase(lane("fairlead", micros), lane("nginx", 10))]);
    expect(targets[0]).toMatchObject({ bound: "≤ × 1.50", measured, isReached });
  });

  it("is left out where a contender was missing", () => {
    expect(targetsIn([getCase(lane("fairlead", 15))]).map(({ text }) => text)).toEqual([memory]);
  });

  it("is not reached by a reload that fails one request", () => {
    const reload = [lane("fairlead", 10), { ...lane("fairlead"), rounds: [round(10, 1)] }];
    const targets = targetsIn([{ id: "reload", title: "", lanes: reload }]);
    expect(targets.map(({ isReached }) => isReached)).toEqual([true, false]);
  });
});

it("shows a case as medians beside nginx, without columns that nobody measured", () => {
  expect(rowsOf(getCase(lane("fairlead", 10, 30, 20), lane("nginx", 10, 10, 10)))).toEqual([
    ["1 KiB GET", "CPU µs", "× nginx", "RSS MB", "failed"],
    ["fairlead", "20.0", "× 2.00", "100", "0"],
    ["nginx", "10.0", "× 1.00", "100", "0"],
  ]);
});

it("draws a bar for each contender, the cheapest first, and keeps names from being markup", () => {
  const cases = [getCase(lane("a<b>", 40), lane("nginx", 10))];
  const chart = chartOf({ ...readResult(), cases });
  expect(chart.match(/<rect/g)).toHaveLength(2);
  expect(chart.indexOf(">nginx<")).toBeLessThan(chart.indexOf("a&lt;b>"));
  expect(chart).toContain("40 µs, × 4.0");
});
