// npm test: everything that can be checked, one after the other. `npm test -- checks unit browser` names the stages to run.
// The last line is always "N passed, N failed".

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { runCommand } from "./command.ts";
import { Failure, reasonOf } from "./failure.ts";
import { generatePrismaClient, isPrismaClientCurrent } from "./prisma-client.ts";
import { buildPublisher, isPublisherBuilt, nextCommand } from "./publisher-build.ts";
import { rootDirectory } from "./root-directory.ts";
import { ensureChromium } from "./testing/chromium.ts";
import { sumOf, type Tally } from "./testing/tally.ts";
import { runVitest } from "./testing/vitest-run.ts";

const stages = {
  checks: async () =>
    sumOf([
      await check("Biome: format and lint", () =>
        runNode("@biomejs/biome/bin/biome", ["check", "--error-on-warnings"]),
      ),
      await check("TypeScript", async () => {
        await runNode(nextCommand, ["typegen"]);
        await runNode("typescript/bin/tsc", ["--noEmit"]);
      }),
      await check("knip: nothing unused, nothing missing", () => runNode("knip/bin/knip.js", ["--no-progress"])),
    ]),
  unit: async () => runVitest("unit", "node-path"),
  browser: async () => {
    const prepared = sumOf([
      await check("publisher: production build", async () => {
        if (!isPublisherBuilt()) await buildPublisher();
      }),
      await check("Chromium", async () => ensureChromium()),
    ]);
    return prepared.failures.length > 0 ? prepared : sumOf([prepared, await runVitest("e2e", "e2e-node-path")]);
  },
};

await runCommand(async () => {
  const chosen = process.argv.slice(2);
  const unknown = chosen.find((name) => !Object.hasOwn(stages, name));
  if (unknown !== undefined) throw new Failure(`no stage ${unknown}; there are ${Object.keys(stages).join(", ")}`);
  const tallies = [
    await check("database client", async () => {
      if (!isPrismaClientCurrent()) await generatePrismaClient();
    }),
  ];
  for (const [name, run] of Object.entries(stages)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    console.log(`\n=== ${name} ===`);
    tallies.push(await run().catch((error) => ({ passed: 0, failures: [`${name}: ${reasonOf(error)}`] })));
  }
  const { passed, failures } = sumOf(tallies);
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map((failure) => `  ${failure}`).join("\n")}`);
  console.log(`\n${passed} passed, ${failures.length} failed`);
  return failures.length === 0 ? 0 : 1;
});

/** One static check: counts as one passed or failed. */
async function check(name: string, work: () => Promise<void>): Promise<Tally> {
  console.log(`--- ${name}`);
  const started = performance.now();
  try {
    await work();
    console.log(`    ok, ${((performance.now() - started) / 1_000).toFixed(1)} s`);
    return { passed: 1, failures: [] };
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error);
    return { passed: 0, failures: [name] };
  }
}

/** Runs a JavaScript tool of node_modules with its output shown. */
async function runNode(script: string, args: readonly string[]): Promise<void> {
  const file = script.startsWith("/") ? script : join(rootDirectory, "node_modules", script);
  const child = spawn(process.execPath, [file, ...args], {
    cwd: rootDirectory,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Failure(`${script} ended with exit code ${code}`);
}
