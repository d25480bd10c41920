import type { ImportLine } from "../../model/import-report.ts";

/** A line of a report about what is taken as it is. */
export function taken(subject: string, detail: string): ImportLine {
  return { outcome: "taken", subject, detail, reason: "" };
}

/** A line about what becomes something else. */
export function changed(subject: string, detail: string, reason: string): ImportLine {
  return { outcome: "changed", subject, detail, reason };
}

/** A line about what is left behind. */
export function left(subject: string, detail: string, reason: string): ImportLine {
  return { outcome: "left", subject, detail, reason };
}

/** A value as text; "" for what is none. */
export function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
