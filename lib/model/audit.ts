import { z } from "zod";

/** Who did what, when, from where, to what, and the difference it made. Ids grow with every event. */
export type AuditEvent = {
  id: string;
  at: Date;
  actorName: string;
  /** The person whose rights an administrator acted with. */
  onBehalfOf: string | null;
  action: string;
  subjectId: string;
  subject: string;
  /** Address of the connection; null when the publisher or a gateway acted by itself. */
  address: string | null;
  /** "session", "password", or "token" and the token's name. */
  credential: string | null;
  userAgent: string | null;
  detail: unknown;
};

const instant = z.iso
  .datetime({ offset: true, error: "A time is like 2026-11-23T09:00:00Z, or a day like 2026-11-23." })
  .or(z.iso.date())
  .transform((text) => new Date(text));

/** What of the audit log is asked for. Everything given has to hold. */
export const auditFilterSchema = z.strictObject({
  /** The name of who acted. */
  actor: z.string().min(1).max(200).optional(),
  /** `<what>.<verb>`, or `<what>` for everything that was done to such. */
  action: z
    .string()
    .regex(/^[a-z-]{1,40}(\.[a-z-]{1,40})?$/, "action is like api.update, or like api.")
    .optional(),
  /** The id of what it was done to, such as an API's. */
  subjectId: z.string().min(1).max(64).optional(),
  /** How the subject's words begin, in whatever letters. */
  subject: z.string().min(1).max(200).optional(),
  /** From this instant on. */
  from: instant.optional(),
  /** Before this instant. */
  to: instant.optional(),
});
export type AuditFilter = z.output<typeof auditFilterSchema>;
export type AuditFilterInput = z.input<typeof auditFilterSchema>;

/** Where a page begins: behind the event with this time and id, as `<ms since 1970>-<id>`. */
export const auditCursorSchema = z
  .string()
  .regex(/^\d{1,15}-\d{1,18}$/, "before is the end of another page.")
  .transform((text) => {
    const [atMs = "", id = ""] = text.split("-");
    return { at: new Date(Number(atMs)), id };
  });

/** The {@link auditCursorSchema} of the page behind an event. */
export function auditCursor({ at, id }: Pick<AuditEvent, "at" | "id">): string {
  return `${at.getTime()}-${id}`;
}
