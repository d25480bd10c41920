import type { ProblemItem } from "./problem.ts";

/** Whether a value is a plain JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A number that WSO2 may have written as a number or a string; undefined for "", null and absent. */
export function readNumber(value: unknown, path: string, issues: ProblemItem[]): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number") return value;
  if (typeof value === "string") {
    const text = value.trim();
    if (text === "") return undefined;
    if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text);
  }
  issues.push({ path, message: "A number is expected here." });
  return undefined;
}

/** A list of error codes: an array, a comma list, one code, or nothing. Numbers or strings. */
export function readCodes(value: unknown, path: string, issues: ProblemItem[]): number[] | undefined {
  if (value === undefined || value === null) return undefined;
  const list: unknown[] = Array.isArray(value) ? value : typeof value === "string" ? value.split(",") : [value];
  const codes: number[] = [];
  for (const [index, item] of list.entries()) {
    const code = readNumber(item, Array.isArray(value) ? `${path}.${index}` : path, issues);
    if (code !== undefined) codes.push(code);
  }
  return codes.length > 0 ? codes : undefined;
}

/** A boolean, or its word in any case. */
export function readBoolean(value: unknown, path: string, issues: ProblemItem[], absent: boolean): boolean {
  if (value === undefined || value === null || value === "") return absent;
  if (typeof value === "boolean") return value;
  const word = typeof value === "string" ? value.trim().toLowerCase() : "";
  if (word === "true") return true;
  if (word === "false") return false;
  issues.push({ path, message: "true or false is expected here." });
  return absent;
}
