import type { FuzzTarget } from "./fuzz-target.ts";
import { Random } from "./random.ts";

export type Finding = { target: string; seed: number; input: string; wrong: string };
export type FuzzResult = { target: string; inputs: number; seconds: number; findings: Finding[] };

/** Looking at the clock costs more than an input. */
const checkEvery = 16;
/** More of the same teach nothing. */
const maxFindings = 5;

/**
 * Gives inputs to a target until there were so many or the time is over.
 *
 * @param seed of the first input; every input has the next one, so that one alone can be made again
 * @param now ms
 */
export async function runTarget(
  target: FuzzTarget,
  { seed, inputs, seconds, now }: { seed: number; inputs: number; seconds: number; now: () => number },
): Promise<FuzzResult> {
  const findings: Finding[] = [];
  const startedAt = now();
  let done = 0;
  const isOver = () =>
    done >= inputs ||
    findings.length >= maxFindings ||
    (done % checkEvery === 0 && now() - startedAt > seconds * 1_000);
  const runLane = async () => {
    while (!isOver()) {
      const number = seed + done;
      done += 1;
      const input = target.make(new Random(number));
      const checked = target.check(input);
      const wrong = checked instanceof Promise ? await checked : checked;
      if (wrong !== undefined) findings.push({ target: target.name, seed: number, input, wrong });
    }
  };
  await target.open?.();
  try {
    await Promise.all(Array.from({ length: target.lanes ?? 1 }, runLane));
  } finally {
    await target.close?.();
  }
  return { target: target.name, inputs: done, seconds: (now() - startedAt) / 1_000, findings };
}
