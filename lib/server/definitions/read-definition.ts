import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { z } from "zod";
import type { DefinitionSyntax } from "../../model/definition.ts";
import {
  type DefinitionReport,
  definitionProblemSchema,
  definitionSummarySchema,
} from "../../model/definition-report.ts";
import { Problem } from "../../model/problem.ts";
import type { DefinitionTask } from "./definition-task.ts";

/** For one document; 10 MiB take a third of it on a slow machine. */
const deadlineMs = 20_000;
/** A document of 10 MiB becomes some 200 MB of values, twice while its references are looked at. */
const memory = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 64 };
/** Threads at once: as much memory as that, and the other cores stay free. */
const maxThreads = 2;
/** Documents that wait for a thread. */
const maxWaiting = 20;

const reportSchema = z.discriminatedUnion("ok", [
  z.strictObject({ ok: z.literal(true), summary: definitionSummarySchema }),
  z.strictObject({ ok: z.literal(false), problems: z.array(definitionProblemSchema) }),
]);

/**
 * Reads a document in a thread of its own, so that no other request waits for it. Problems: too-many-requests while many
 * others are read; invalid when it takes too long or too much memory.
 */
export async function readDefinition(text: string, fetchedFrom?: string): Promise<DefinitionReport> {
  return reportSchema.parse(await inThread({ kind: "check", text, fetchedFrom }));
}

/** A stored document in one of its syntaxes: as it was written where it was written so. Problems as above. */
export async function definitionIn(
  { text, syntax }: { text: string; syntax: DefinitionSyntax },
  to: DefinitionSyntax,
): Promise<string> {
  return syntax === to ? text : z.string().parse(await inThread({ kind: "convert", text, to }));
}

let running = 0;
const waiting: (() => void)[] = [];

async function inThread(task: DefinitionTask): Promise<unknown> {
  if (waiting.length >= maxWaiting) {
    throw new Problem("too-many-requests", "Many documents are being read just now. Try again in a moment.", [], 5);
  }
  if (running >= maxThreads) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await answerOfThread(task);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

async function answerOfThread(task: DefinitionTask): Promise<unknown> {
  // Not bundled: Node.js runs the file as it is.
  const file = join(/* turbopackIgnore: true */ process.cwd(), "lib/server/definitions/definition-thread.ts");
  const worker = new Worker(file, { workerData: task, resourceLimits: memory, execArgv: [], env: {} });
  try {
    const [answer] = await once(worker, "message", { signal: AbortSignal.timeout(deadlineMs) });
    return answer;
  } catch (error) {
    throw refusalOf(error);
  } finally {
    await worker.terminate();
  }
}

function refusalOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = "code" in error ? error.code : undefined;
  if (error.name === "AbortError") return tooMuch(`longer than ${deadlineMs / 1_000} seconds`);
  return code === "ERR_WORKER_OUT_OF_MEMORY" ? tooMuch("more memory than one document may have") : error;
}

function tooMuch(what: string): Problem {
  const message = `Reading this document takes ${what}. Make it smaller, or split the API.`;
  return new Problem("invalid", message, [{ path: "definition", message }]);
}
