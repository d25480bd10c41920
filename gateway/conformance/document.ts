import type { CaseGroup, ConformanceCase, DriverName } from "./case.ts";
import { type DifferenceId, differences } from "./differences.ts";
import { driversOf } from "./run-case.ts";

/** Where the document stands, from the root of the project. */
export const documentPath = "docs/conformance.md";

const intro = `# How endpoints behave, case by case

The gateway's rules for endpoints come from Apache Synapse, the engine under WSO2's gateway, and from the RFCs of HTTP. Each rule is a case in
\`gateway/conformance/cases\`: what is configured, what happens, what has to come of it. **machine** runs a case on the parts that decide
(states, rotation, sessions, retry rules) with a clock of its own; **sockets** runs it on a running gateway, with real connections to
endpoints that refuse, reset, stall and lie. A case that says nothing of bytes runs on both; a dash means that it has nothing to say there.

\`npm run conformance\` runs them all and prints this table; \`npm run conformance -- --write\` also writes this page. \`npm test\` runs them too,
and fails when this page is out of date.
`;

/** The page that is written when every case has passed. */
export function conformanceDocument(groups: readonly CaseGroup[]): string {
  const cases = groups.flatMap((group) => group.cases);
  const parts = [
    intro,
    `All ${cases.length} cases pass: ${countOf(cases, "machine")} on the machine, ${countOf(cases, "sockets")} on sockets.\n`,
    "## Where it differs from Synapse on purpose\n",
    ...Object.keys(differences)
      .filter(isDifference)
      .map((id) => differenceText(id, groups)),
    "## Every case\n",
    ...groups.map(tableOf),
  ];
  return parts.join("\n");
}

function isDifference(id: string): id is DifferenceId {
  return id in differences;
}

/** Cases that run on one of the drivers. */
export function countOf(cases: readonly ConformanceCase[], driver: DriverName): number {
  return cases.filter((one) => driversOf(one).includes(driver)).length;
}

function differenceText(id: DifferenceId, groups: readonly CaseGroup[]): string {
  const { title, synapse, here, why } = differences[id];
  const shownBy = groups.flatMap((group) =>
    group.cases.filter(({ shows }) => shows === id).map(({ name }) => `- ${group.title}: ${name}`),
  );
  return `### ${title}\n\n| Synapse | here | why |\n| --- | --- | --- |\n| ${synapse} | ${here} | ${why} |\n\nShown by\n\n${shownBy.join("\n")}\n`;
}

function tableOf({ title, cases }: CaseGroup): string {
  const rows = cases.map(
    (one) => `| ${one.name} | ${one.source} | ${mark(one, "machine")} | ${mark(one, "sockets")} |`,
  );
  return `### ${title}\n\n| case | source | machine | sockets |\n| --- | --- | --- | --- |\n${rows.join("\n")}\n`;
}

function mark(one: ConformanceCase, driver: DriverName): string {
  return driversOf(one).includes(driver) ? "✓" : "–";
}
