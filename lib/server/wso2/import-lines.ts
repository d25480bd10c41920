import type { ImportLine } from "../../model/import-report.ts";

/** What one line says at most: a project may be made of one word as long as it likes. */
const mostDetail = 300;

/** A line of a report about what is taken as it is. */
export function taken(subject: string, detail: string): ImportLine {
  return { outcome: "taken", subject, detail: clipped(detail), reason: "" };
}

/** A line about what becomes something else. */
export function changed(subject: string, detail: string, reason: string): ImportLine {
  return { outcome: "changed", subject, detail: clipped(detail), reason };
}

/** A line about what is left behind. */
export function left(subject: string, detail: string, reason: string): ImportLine {
  return { outcome: "left", subject, detail: clipped(detail), reason };
}

/** A value as text; "" for what is none. */
export function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

function clipped(text: string): string {
  return text.length > mostDetail ? `${text.slice(0, mostDetail - 1).toWellFormed()}…` : text;
}
