import "server-only";
import { Problem } from "../../model/problem.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { roleFromColumn } from "../auth/actor.ts";
import type { Auth } from "../auth/auth.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";

/** What changing the session needs: who signs people in, and the headers of the request, with its cookies. */
export type SessionChange = { auth: Auth; headers: Headers };

/**
 * An administrator begins to act with another person's rights, for an hour at most: to see what they see and mend what they
 * cannot. Everything they do is recorded with both names. Whatever is the person's own (password, tokens, sessions) stays
 * out of reach.
 *
 * @returns the headers that set the session's cookies
 * @throws Problem "forbidden" for who is no administrator, or acts already; "not-found"; "conflict" for oneself, another
 *   administrator, or somebody deactivated
 */
export async function beginActing(
  context: ServerContext,
  { auth, headers }: SessionChange,
  userId: string,
): Promise<Headers> {
  requirePermission(context, "behalf.begin");
  const user = await context.db.user.findUnique({ where: { id: userId } });
  if (!user) throw new Problem("not-found", "There is no such person.");
  if (user.id === context.actor.id) throw new Problem("conflict", "You act for yourself already.");
  if (user.banned === true) throw new Problem("conflict", `${user.name} is deactivated: activate the account first.`);
  if (roleFromColumn(user.role) === "admin") {
    throw new Problem("conflict", `${user.name} is an administrator: nobody acts on an administrator's behalf.`);
  }
  const begun = await auth.api.impersonateUser({ body: { userId }, headers, returnHeaders: true });
  await context.db.$transaction((tx) =>
    recordAudit(tx, context, { action: "behalf.begin", subjectId: user.id, subject: user.name }),
  );
  return begun.headers;
}

/** Ends acting for another person; the administrator's own session goes on. Problem "conflict" for who does not act. */
export async function endActing(context: ServerContext, { auth, headers }: SessionChange): Promise<Headers> {
  requirePermission(context, "behalf.end");
  const { actor, origin } = context;
  if (!origin?.actingAdmin) throw new Problem("conflict", "You do not act on anybody's behalf.");
  const ended = await auth.api.stopImpersonating({ headers, returnHeaders: true });
  await context.db.$transaction((tx) =>
    recordAudit(tx, context, { action: "behalf.end", subjectId: actor.id, subject: actor.name }),
  );
  return ended.headers;
}
