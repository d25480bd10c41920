// npm run fuzz: what nobody would think of, given to the readers of HTTP/1.1 and to the relay. Loopback only; ends by itself.
//
//   npm run fuzz                                        all targets, 90 seconds together
//   npm run fuzz -- request-head --inputs 2000000       one target, so many inputs
//   npm run fuzz -- relay-requests --seed 102111 --inputs 1   one input again

import { fuzzOptions } from "./options.ts";
import { runTarget } from "./run-target.ts";
import { fuzzTargets } from "./targets.ts";

const targets = fuzzTargets();
const options = readOptions();
const chosen = targets.filter(({ target }) => options.names.includes(target.name));
const shares = chosen.reduce((sum, { share }) => sum + share, 0);
let inputs = 0;
let found = 0;
for (const { target, share } of chosen) {
  const seconds = (options.seconds * share) / shares;
  const { seed } = options;
  const result = await runTarget(target, { seed, inputs: options.inputs, seconds, now: () => performance.now() });
  inputs += result.inputs;
  found += result.findings.length;
  const perSecond = Math.round(result.inputs / result.seconds).toLocaleString("en");
  const mark = result.findings.length === 0 ? "✓" : "✗";
  console.log(
    `${mark} ${target.name.padEnd(16)} ${result.inputs.toLocaleString("en").padStart(11)} inputs, ${perSecond}/s: ${target.promise}`,
  );
  for (const finding of result.findings) {
    console.log(`\n  ${finding.wrong}\n  ${JSON.stringify(finding.input)}`);
    console.log(`  again: npm run fuzz -- ${target.name} --seed ${finding.seed} --inputs 1\n`);
  }
}
console.log(`\n${inputs.toLocaleString("en")} inputs, ${found === 0 ? "nothing found" : `${found} found`}.`);
process.exit(found === 0 ? 0 : 1);

function readOptions() {
  try {
    return fuzzOptions(
      process.argv.slice(2),
      targets.map(({ target }) => target.name),
    );
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(2);
  }
}
