/** One thing that an audit event tells: what, and how it read before and reads after. */
export type AuditChange = { subject: string; before?: string; after?: string };

/** More than this many lines are not put into words. */
const mostChanges = 200;

/**
 * The detail of an audit event in words: the differences that it lists, what was before and is after of each member, and
 * members that stand for themselves. Nothing is lost: what is no text is shown as JSON.
 */
export function auditDifference(detail: unknown): AuditChange[] {
  if (!isRecord(detail))
    return detail === null || detail === undefined ? [] : [{ subject: "Detail", after: words(detail) }];
  const { changes, before, after, ...rest } = detail;
  return [
    ...listed(changes),
    ...compared(before, after),
    ...Object.entries(rest).map(([name, value]) => ({ subject: memberName(name), after: words(value) })),
  ].slice(0, mostChanges);
}

function listed(changes: unknown): AuditChange[] {
  if (changes === undefined) return [];
  if (!Array.isArray(changes)) return [{ subject: "Changes", after: words(changes) }];
  return changes.map((change: unknown) => {
    if (!isRecord(change) || typeof change.subject !== "string") return { subject: "Change", after: words(change) };
    return {
      subject: change.subject,
      ...(typeof change.before === "string" && { before: change.before }),
      ...(typeof change.after === "string" && { after: change.after }),
    };
  });
}

function compared(before: unknown, after: unknown): AuditChange[] {
  if (before === undefined && after === undefined) return [];
  if (!isRecord(before) || !isRecord(after)) {
    return [{ subject: "Value", ...(before !== undefined && { before: words(before) }), after: words(after) }];
  }
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => words(before[name]) !== words(after[name]))
    .map((name) => ({ subject: memberName(name), before: words(before[name]), after: words(after[name]) }));
}

/** `endpointId` as "Endpoint id". */
function memberName(name: string): string {
  const spaced = name.replaceAll(
    /([a-z])([A-Z])/g,
    (_all, end: string, start: string) => `${end} ${start.toLowerCase()}`,
  );
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function words(value: unknown): string {
  if (value === null || value === undefined) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
