import type { ProblemItem } from "./problem.ts";

/** Deepest nesting of an input; keeps what walks it from exhausting the stack. */
const maxDepth = 40;

/**
 * What PostgreSQL could not store of a value: the character U+0000 and half surrogate pairs, in strings and in keys, and
 * nesting without end. Told before a schema looks, because keys that we merely keep are not looked at by any.
 */
export function findUnstorable(value: unknown, path: readonly string[] = []): ProblemItem | undefined {
  if (typeof value === "string") return isStorable(value) ? undefined : unstorable(path);
  if (typeof value !== "object" || value === null || value instanceof Date) return undefined;
  if (path.length >= maxDepth) return { path: path.join("."), message: `At most ${maxDepth} levels of nesting.` };
  for (const [key, member] of Object.entries(value)) {
    if (!isStorable(key)) return unstorable(path);
    const found = findUnstorable(member, [...path, key]);
    if (found) return found;
  }
  return undefined;
}

/** Whether PostgreSQL can store a text. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

function unstorable(path: readonly string[]): ProblemItem {
  return {
    path: path.join("."),
    message: "This text has characters that cannot be stored (U+0000 or half a character).",
  };
}
