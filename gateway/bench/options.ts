import { parseArgs } from "node:util";
import { z } from "zod";

const wholeNumber = (name: string, most: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,3}$/, `--${name} is a whole number from 1 to ${most}`)
    .transform(Number)
    .refine((number) => number <= most, `--${name} is at most ${most}`);

/** Names of `accepted`, by commas. */
const names = (name: string, accepted: readonly string[]) =>
  z
    .string()
    .transform((text) => text.split(","))
    .refine(
      (list) => list.every((each) => accepted.includes(each)),
      `--${name} takes names of: ${accepted.join(", ")}, with commas between`,
    );

export type BenchOptions = {
  /** Cases to run; absent: all. */
  only?: string[] | undefined;
  contenders?: string[] | undefined;
  rounds: number;
  /** Of load in a round, s. */
  seconds: number;
  /** Measures nothing else than memory and waiting over minutes of mixed load. */
  soak: boolean;
  /** Measures nothing else than where the time of the gateway goes, in the first case or in those of --only. */
  profile: boolean;
  /** Writes docs/performance.json and what is drawn from it. */
  write: boolean;
  /** Measures nothing, and draws the documents anew from docs/performance.json. */
  document: boolean;
};

/** Reads the command line, or throws an error of one line that names the option and what is accepted. */
export function readOptions(args: string[], caseIds: readonly string[], contenderIds: readonly string[]): BenchOptions {
  const schema = z.object({
    only: names("only", caseIds).optional(),
    contenders: names("contenders", contenderIds).optional(),
    rounds: wholeNumber("rounds", 100).default(5),
    seconds: wholeNumber("seconds", 60).default(2),
    soak: z.boolean().default(false),
    profile: z.boolean().default(false),
    write: z.boolean().default(false),
    document: z.boolean().default(false),
  });
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const { values } = parseArgs({
    args,
    options: {
      ...{ only: text, contenders: text, rounds: text, seconds: text },
      ...{ soak: flag, profile: flag, write: flag, document: flag },
    },
  });
  const parsed = schema.safeParse(values);
  if (parsed.success) return wholeIfWritten(parsed.data);
  throw new Error(parsed.error.issues[0]?.message ?? "the options are not understood");
}

/** What is written is one whole run: parts of different runs cannot be compared. */
function wholeIfWritten(options: BenchOptions): BenchOptions {
  const { write, profile, soak, only, contenders } = options;
  if (write && (profile || soak || only || contenders)) {
    throw new Error("--write is for whole runs, with a profile: not beside --only, --contenders, --profile or --soak");
  }
  return options;
}
