import { type ApiFile, readApiFiles } from "./api-files.ts";
import type { Credentials } from "./credentials.ts";
import { Failure } from "./failure.ts";
import { callRest, type Json, listOf } from "./rest.ts";

/** One request has at most so many APIs and octets: the publisher takes no more. */
const mostApis = 50;
const mostBytes = 900_000;

/** What becomes of a file. */
export type Outcome = { file: string; action: string; name: string; version: string; changes: Json[] };

/** What applying files would do. Nothing is changed. @throws Failure naming file, line and reason of everything refused */
export async function planFiles(
  credentials: Credentials,
  path: string,
): Promise<{ files: ApiFile[]; plan: Outcome[] }> {
  const files = readApiFiles(path);
  return { files, plan: await sendFiles(credentials, files, true) };
}

/** Makes APIs what their files say, one after the other. @throws Failure as above; what came before it stays done */
export function applyFiles(credentials: Credentials, files: readonly ApiFile[]): Promise<Outcome[]> {
  return sendFiles(credentials, files, false);
}

/** A plan in lines, and a last line that sums up. */
export function planWords(plan: readonly Outcome[]): string[] {
  const lines = plan.flatMap(({ action, name, version, file, changes }) => {
    if (action === "none") return [];
    const mark = action === "create" ? "+" : "~";
    const details = changes.map(({ subject, before, after }) => `    ${subject}: ${before ?? "—"} → ${after ?? "—"}`);
    return [`${mark} ${action} ${name} ${version} (${file})`, ...details];
  });
  const count = (action: string) => plan.filter((one) => one.action === action).length;
  if (lines.length === 0) return ["Nothing to change."];
  return [...lines, `${count("create")} to create, ${count("update")} to update, ${count("none")} unchanged.`];
}

async function sendFiles(credentials: Credentials, files: readonly ApiFile[], isDry: boolean): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const problems: string[] = [];
  for (const batch of batchesOf(files)) {
    const body = { apis: batch.map(({ api }) => api) };
    const list = listOf(await callRest(credentials, "POST", `/apis/apply?dryRun=${isDry}`, body));
    for (const [index, told] of list.entries()) {
      const source = batch[index];
      if (!source) continue;
      if (told.action === "refused") problems.push(...refusalLines(source, told));
      else outcomes.push(outcomeOf(source, told));
    }
    if (!isDry && problems.length > 0) break;
  }
  if (problems.length > 0) throw new Failure(problems.join("\n"));
  return outcomes;
}

function refusalLines({ file, lineOf }: ApiFile, told: Json): string[] {
  const errors = listOf(told, "errors");
  if (errors.length === 0) return [`${file}:1: ${told.message}`];
  return errors.map(({ path, message }) => `${file}:${lineOf(String(path))}: ${path}: ${message}`);
}

function outcomeOf({ file }: ApiFile, told: Json): Outcome {
  const { action, name, version } = told;
  return {
    file,
    action: String(action),
    name: String(name),
    version: String(version),
    changes: listOf(told, "changes"),
  };
}

function batchesOf(files: readonly ApiFile[]): ApiFile[][] {
  const batches: ApiFile[][] = [];
  let batch: ApiFile[] = [];
  let bytes = 0;
  for (const file of files) {
    const size = Buffer.byteLength(JSON.stringify(file.api)) + 1;
    if (batch.length > 0 && (batch.length === mostApis || bytes + size > mostBytes)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(file);
    bytes += size;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
