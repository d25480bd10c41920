import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { Json } from "./rest.ts";

export function print(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** Rows under their headings, each column as wide as its widest. */
export function printTable(rows: readonly Json[], columns: readonly string[]): void {
  const texts = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? "—")))];
  const widths = columns.map((_, index) => Math.max(...texts.map((line) => line[index]?.length ?? 0)));
  for (const line of texts)
    print(
      line
        .map((text, index) => text.padEnd(widths[index] ?? 0))
        .join("  ")
        .trimEnd(),
    );
}

/** Whether the person agrees; false where nobody can be asked. */
export async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question(`${question} [y/N] `);
  lines.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** What is typed, without showing it; or the first line of what is piped in. */
export async function askSecret(question: string): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY === true });
  const answer = await lines.question("");
  lines.close();
  process.stderr.write("\n");
  return answer.trim();
}
