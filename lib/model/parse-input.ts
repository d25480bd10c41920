import type { z } from "zod";
import { Problem } from "./problem.ts";
import { findUnstorable } from "./unstorable-text.ts";

/** Reads what came from outside; a Problem "invalid" names everything that is wrong with it, each at its path. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const unstorable = findUnstorable(input);
  if (unstorable) throw new Problem("invalid", unstorable.message, [unstorable]);
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw problemOfIssues(parsed.error.issues);
}

/** The Problem that tells of a schema's issues: one item for each path, the first that was found there. */
export function problemOfIssues(issues: readonly z.core.$ZodIssue[]): Problem {
  const messages = new Map<string, string>();
  for (const issue of issues) {
    const path = issue.path.map(String).join(".");
    if (!messages.has(path)) messages.set(path, issue.message);
  }
  const items = [...messages].map(([path, message]) => ({ path, message }));
  const [first] = items;
  const message = items.length === 1 && first ? first.message : `${items.length} things have to be corrected.`;
  return new Problem("invalid", message, items);
}
