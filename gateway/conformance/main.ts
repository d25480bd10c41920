// npm run conformance: every rule of the endpoints, on the machine and on sockets. Loopback only; ends by itself.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { allCases } from "./all-cases.ts";
import type { ConformanceCase, DriverName } from "./case.ts";
import { conformanceDocument, countOf, documentPath } from "./document.ts";
import type { Driver } from "./driver.ts";
import { machineDriver } from "./machine-driver.ts";
import { driversOf, runCase } from "./run-case.ts";
import { socketDriver } from "./socket-driver.ts";

const deadlineMs = 5 * 60_000;
const caseMs = 60_000;
const root = join(import.meta.dirname, "../..");

const unknown = process.argv.slice(2).filter((argument) => argument !== "--write");
if (unknown.length > 0) {
  console.error(`Unknown argument ${unknown.join(" ")}. There is only --write, which writes ${documentPath} as well.`);
  process.exit(1);
}
setTimeout(() => {
  console.error("The cases have taken longer than five minutes.");
  process.exit(1);
}, deadlineMs).unref();

const drivers: readonly Driver[] = [machineDriver(), await socketDriver()];
const failed: string[] = [];

/** ✓, ✗ or a dash where the case does not run. */
async function run(driver: Driver, title: string, one: ConformanceCase): Promise<string> {
  if (!driversOf(one).includes(driver.name)) return "–";
  const reason = await Promise.race([failureOf(driver, one), late()]);
  if (reason === undefined) return "✓";
  failed.push(`${title}: ${one.name} (${driver.name})\n    ${reason}`);
  return "✗";
}

function failureOf(driver: Driver, one: ConformanceCase): Promise<string | undefined> {
  return runCase(driver, one).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

function late(): Promise<string> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(`has not ended within ${caseMs} ms`), caseMs).unref();
  });
}

const all = allCases.flatMap(({ cases }) => cases);
const [nameWidth, sourceWidth] = [92, 52];
console.log(`${"".padEnd(nameWidth + 2)}${"source".padEnd(sourceWidth)} machine  sockets`);
for (const { title, cases } of allCases) {
  console.log(`\n${title}`);
  for (const one of cases) {
    const marks: string[] = [];
    for (const driver of drivers) marks.push(await run(driver, title, one));
    const [machine = "", sockets = ""] = marks;
    console.log(`  ${cell(one.name, nameWidth)}${cell(one.source, sourceWidth)} ${machine.padEnd(8)} ${sockets}`);
  }
}
for (const driver of drivers) {
  await driver.close().catch((error: unknown) => failed.push(`${driver.name}: ${String(error)}`));
}

/** Longer texts are cut: the table is for the eye, the whole of it is in the document. */
function cell(text: string, width: number): string {
  return text.length < width ? text.padEnd(width) : `${text.slice(0, width - 2)}… `;
}

for (const failure of failed) console.log(`\n✗ ${failure}`);
const runs = (["machine", "sockets"] satisfies DriverName[]).map((name) => countOf(all, name));
if (failed.length === 0 && process.argv.includes("--write")) {
  await writeFile(join(root, documentPath), conformanceDocument(allCases));
  console.log(`\nWrote ${documentPath}.`);
}
console.log(
  `\n${all.length} cases: ${runs[0]} runs on the machine, ${runs[1]} on sockets; ${(runs[0] ?? 0) + (runs[1] ?? 0) - failed.length} passed, ${failed.length} failed.`,
);
process.exit(failed.length === 0 ? 0 : 1);
