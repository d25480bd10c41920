import { parseArgs } from "node:util";

export type FuzzOptions = { names: string[]; seconds: number; inputs: number; seed: number };

/** The options of `npm run fuzz`, or an error of one line that says what would be accepted. */
export function fuzzOptions(args: readonly string[], known: readonly string[]): FuzzOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { seconds: { type: "string" }, inputs: { type: "string" }, seed: { type: "string" } },
  });
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`There is no target ${unknown}. There are: ${known.join(", ")}.`);
  return {
    names: positionals.length === 0 ? [...known] : positionals,
    seconds: wholeNumber("--seconds", values.seconds ?? "90", 1, 3_600),
    inputs: wholeNumber("--inputs", values.inputs ?? "1000000000", 1, 1_000_000_000),
    seed: wholeNumber("--seed", values.seed ?? "1", 0, 2 ** 31),
  };
}

function wholeNumber(name: string, value: string, least: number, most: number): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < least || number > most) {
    throw new Error(`${name} is ${value}; it must be a whole number from ${least} to ${most}.`);
  }
  return number;
}
