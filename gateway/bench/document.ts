import { readFileSync } from "node:fs";
import { join } from "node:path";
import { benchCases } from "./cases.ts";
import { chartOf } from "./chart.ts";
import { type BenchResult, benchResultSchema } from "./result.ts";
import { markdownTable, profileRows, rowsOf, targetRows } from "./table.ts";
import { targetsIn } from "./targets.ts";

const docs = join(import.meta.dirname, "../../docs");
export const resultPath = join(docs, "performance.json");
const documentPath = join(docs, "performance.md");
const chartPath = join(docs, "images/performance.svg");

/** The run that is in the repository. */
export function readResult(): BenchResult {
  return benchResultSchema.parse(JSON.parse(readFileSync(resultPath, "utf8")));
}

/** Every file that shows a run, by its path. What people wrote about it is in commentary.md. */
export function documentsOf(result: BenchResult): Record<string, string> {
  const commentary = readFileSync(join(import.meta.dirname, "commentary.md"), "utf8");
  return { [documentPath]: documentOf(result, commentary), [chartPath]: chartOf(result) };
}

function documentOf(result: BenchResult, commentary: string): string {
  const { machine, contenders, rounds, seconds, at, load } = result;
  const versions = contenders.map(({ title, version, install }) => [title, version ?? `missing: \`${install}\``]);
  const cases = result.cases.map((one) => {
    const about = benchCases.find(({ id }) => id === one.id)?.about ?? "";
    const [head = [], ...rows] = rowsOf(one);
    return `### ${one.title}\n\n${about}\n\n${markdownTable([["", ...head.slice(1)], ...rows])}`;
  });
  const profile = result.profile
    ? `## Where the time goes\n\nA worker under the 1 KiB GET, by V8's sampling profiler, which itself takes some of the time; ${result.profile.requests.toLocaleString("en")} requests.\n\n${markdownTable(profileRows(result.profile))}\n\n`
    : "";
  return `# How fast the gateway is

Written by \`npm run bench -- --write\` from the run in [performance.json](performance.json); do not edit.

![Processor time of each proxy for one request](images/performance.svg)

## The targets

${markdownTable(targetRows(targetsIn(result.cases)))}

${commentary.trim()}

## The run

${at.slice(0, 10)}, ${machine.processor}, ${machine.cores} cores, ${(machine.memoryBytes / 2 ** 30).toFixed(0)} GiB, ${machine.system}. ${rounds} rounds of ${seconds} s; load by ${load}.

${markdownTable([["", "version"], ...versions])}

\`\`\`sh
apt-get install -y nginx-light haproxy apache2 caddy wrk   # what is not there is left out and named
npm run bench                                              # everything, about fifteen minutes
npm run bench -- --only get-1k,session --contenders fairlead,nginx --rounds 3 --seconds 2
npm run bench -- --profile                                 # where the time of a worker goes
\`\`\`

## The cases

${cases.join("\n\n")}

${profile}`
    .trimEnd()
    .concat("\n");
}
