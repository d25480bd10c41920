import { auditCursorSchema, auditFilterSchema } from "@/lib/model/audit.ts";

const filterNames = ["actor", "action", "subjectId", "subject", "from", "to"] as const;

/** What of the audit log is shown: the filter as texts, and where the page begins. */
export type AuditView = { filter: Partial<Record<(typeof filterNames)[number], string>>; before?: string };

/** The address of a view of the audit log; what is empty is left out. */
export function auditAddress(view: AuditView, path = "/admin/audit", extra: Record<string, string> = {}): string {
  const given = [...Object.entries({ ...view.filter, before: view.before, ...extra })].filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1].trim() !== "",
  );
  const search = new URLSearchParams(given).toString();
  return search === "" ? path : `${path}?${search}`;
}

/** The view that an address asks for, and what of it was not understood; people edit addresses. */
export function readAuditView(search: Readonly<Record<string, string | string[] | undefined>>): {
  view: AuditView;
  problems: string[];
} {
  const view: AuditView = { filter: {} };
  const problems: string[] = [];
  for (const name of filterNames) {
    const text = search[name];
    if (typeof text !== "string" || text.trim() === "") continue;
    const parsed = auditFilterSchema.shape[name].safeParse(text.trim());
    if (parsed.success) view.filter[name] = text.trim();
    else problems.push(parsed.error.issues[0]?.message ?? `${name} was not understood.`);
  }
  const { before } = search;
  if (typeof before === "string" && auditCursorSchema.safeParse(before).success) view.before = before;
  return { view, problems };
}
