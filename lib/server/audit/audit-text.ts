import "server-only";
import type { AuditEvent } from "../../model/audit.ts";
import { auditDifference } from "../../model/audit-difference.ts";

/** How an audit log is written into a file. `line` ends with a line break. */
export type AuditText = { contentType: string; head: string; line: (event: AuditEvent) => string };

const columns = [
  "id",
  "at",
  "actor",
  "on behalf of",
  "action",
  "subject",
  "subject id",
  "address",
  "credential",
  "user agent",
  "changes",
] as const;

/** The forms an audit log is exported in. */
export const auditTexts = {
  /** RFC 4180. */
  csv: {
    contentType: "text/csv; charset=utf-8; header=present",
    head: csvLine(columns),
    line: (event) =>
      csvLine([
        event.id,
        event.at.toISOString(),
        event.actorName,
        event.onBehalfOf ?? "",
        event.action,
        event.subject,
        event.subjectId,
        event.address ?? "",
        event.credential ?? "",
        event.userAgent ?? "",
        changesInWords(event.detail),
      ]),
  },
  /** One JSON document a line. */
  jsonl: {
    contentType: "application/jsonl; charset=utf-8",
    head: "",
    line: (event) => `${JSON.stringify(event)}\n`,
  },
} as const satisfies Record<string, AuditText>;

export type AuditTextKind = keyof typeof auditTexts;

function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** Spreadsheets run what begins like a formula; an apostrophe makes text of it (OWASP: CSV injection). */
function csvCell(text: string): string {
  const harmless = /^[\s]*[=+\-@\t\r|%]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function changesInWords(detail: unknown): string {
  return auditDifference(detail)
    .map(({ subject, before, after }) =>
      before === undefined ? `${subject}: ${after ?? "removed"}` : `${subject}: ${before} → ${after ?? "removed"}`,
    )
    .join("; ");
}
