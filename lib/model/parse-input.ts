import type { z } from "zod";
import { Problem } from "./problem.ts";

/** Reads what came from outside; a Problem "invalid" names everything that is wrong with it, each at its path. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw problemOfIssues(parsed.error.issues);
}

/** The Problem that tells of a schema's issues. */
export function problemOfIssues(issues: readonly z.core.$ZodIssue[]): Problem {
  const items = issues.map((issue) => ({ path: issue.path.map(String).join("."), message: issue.message }));
  const [first] = items;
  const message = items.length === 1 && first ? first.message : `${items.length} things have to be corrected.`;
  return new Problem("invalid", message, items);
}
