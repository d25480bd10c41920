import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { Problem } from "../model/problem.ts";

/** For one file; an OpenAPI document of 10 MiB takes a third of it on a slow machine. */
const deadlineMs = 20_000;
/** A document of 10 MiB becomes some 200 MB of values, twice while its references are looked at. */
const memory = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 64 };
/** Threads at once: as much memory as that, and the other cores stay free. */
const maxThreads = 2;
/** Files that wait for a thread. */
const maxWaiting = 20;

/** How people are told of what is read: the path of the input, what it is, and what to do where it is too much. */
export type ReadWords = { path: string; what: string; advice: string };

let running = 0;
const waiting: (() => void)[] = [];

/**
 * What a thread of its own answers to a task, so that no other request waits for what is read. Problems:
 * too-many-requests while many others are read; invalid when it takes too long or too much memory.
 *
 * @param module of the thread, from the root of the installation: Node.js runs the file as it is, it is not bundled
 */
export async function readInThread(module: string, task: unknown, words: ReadWords): Promise<unknown> {
  if (waiting.length >= maxWaiting) {
    throw new Problem(
      "too-many-requests",
      `Many ${words.what}s are being read just now. Try again in a moment.`,
      [],
      5,
    );
  }
  if (running >= maxThreads) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await answerOfThread(module, task, words);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

async function answerOfThread(module: string, task: unknown, words: ReadWords): Promise<unknown> {
  const file = join(/* turbopackIgnore: true */ process.cwd(), module);
  const worker = new Worker(file, { workerData: task, resourceLimits: memory, execArgv: [], env: {} });
  try {
    const [answer] = await once(worker, "message", { signal: AbortSignal.timeout(deadlineMs) });
    return answer;
  } catch (error) {
    throw refusalOf(error, words);
  } finally {
    await worker.terminate();
  }
}

function refusalOf(error: unknown, words: ReadWords): unknown {
  if (!(error instanceof Error)) return error;
  const code = "code" in error ? error.code : undefined;
  if (error.name === "AbortError") return tooMuch(`longer than ${deadlineMs / 1_000} seconds`, words);
  return code === "ERR_WORKER_OUT_OF_MEMORY" ? tooMuch("more memory than one may have", words) : error;
}

function tooMuch(bound: string, { path, what, advice }: ReadWords): Problem {
  const message = `Reading this ${what} takes ${bound}. ${advice}`;
  return new Problem("invalid", message, [{ path, message }]);
}
