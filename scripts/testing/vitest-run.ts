import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { z } from "zod";
import { rootDirectory } from "../root-directory.ts";
import type { Tally } from "./tally.ts";

/** The part of vitest's JSON report that is counted here. */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

type Report = z.infer<typeof reportSchema>;

/** Runs projects of vitest.config.ts side by side, their output shown as it goes, and counts their tests. */
export async function runVitest(...projects: readonly string[]): Promise<Tally> {
  const directory = mkdtempSync(join(tmpdir(), "fairlead-report-"));
  const reportFile = join(directory, "report.json");
  try {
    const args = [
      "run",
      ...projects.flatMap((project) => ["--project", project]),
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${reportFile}`,
    ];
    const child = spawn(process.execPath, [join(rootDirectory, "node_modules/vitest/vitest.mjs"), ...args], {
      cwd: rootDirectory,
      env: { ...process.env, NODE_ENV: "test" },
      stdio: ["ignore", "inherit", "inherit"],
    });
    const [code] = await once(child, "exit");
    return tallyOf(projects.join(" and "), readReport(reportFile), code);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Counts a report. What did not get as far as a test (a file that does not load, a runner that crashes) counts as failed. */
export function tallyOf(project: string, report: Report | undefined, exitCode: number | null): Tally {
  const files = report?.testResults ?? [];
  const tests = files.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({ status, name: `${relative(rootDirectory, name)}: ${fullName}` })),
  );
  const passed = tests.filter(({ status }) => status === "passed").length;
  const failures = tests.filter(({ status }) => status === "failed").map(({ name }) => name);
  for (const { name, status, assertionResults } of files) {
    const explained = assertionResults.some((test) => test.status === "failed");
    if (status === "failed" && !explained)
      failures.push(`${relative(rootDirectory, name)}: the file failed outside its tests`);
  }
  if (failures.length === 0 && exitCode !== 0)
    failures.push(`${project} tests: vitest ended with exit code ${exitCode}`);
  if (failures.length === 0 && passed === 0) failures.push(`${project} tests: none was run`);
  return { passed, failures };
}

function readReport(file: string): Report | undefined {
  try {
    return reportSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // No report, or half of one: the runner crashed, and its exit code says so.
    return undefined;
  }
}
