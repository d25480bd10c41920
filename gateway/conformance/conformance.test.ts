import { afterAll, beforeAll, describe, it } from "vitest";
import { allCases } from "./all-cases.ts";
import type { Driver } from "./driver.ts";
import { machineDriver } from "./machine-driver.ts";
import { driversOf, runCase } from "./run-case.ts";
import { socketDriver } from "./socket-driver.ts";

/** A gigabyte takes its time on a machine that has other things to do. */
const slowestMs = 60_000;

describe.each([
  { name: "machine", start: async () => machineDriver() },
  { name: "sockets", start: socketDriver },
] as const)("on the $name", ({ name, start }) => {
  let driver: Driver;
  beforeAll(async () => {
    driver = await start();
  });
  afterAll(() => driver.close());

  const groups = allCases.map(({ title, cases }) => ({
    title,
    cases: cases.filter((one) => driversOf(one).includes(name)),
  }));
  describe.each(groups.filter(({ cases }) => cases.length > 0))("$title", ({ cases }) => {
    it.each(cases.map((one) => [one.name, one] as const))("%s", (_name, one) => runCase(driver, one), slowestMs);
  });
});
