import "server-only";
import { createHash, randomBytes } from "node:crypto";
import type { Transaction } from "../../db/client.ts";
import {
  invitationPrefix,
  type NewInvitation,
  newInvitationSchema,
  type OpenInvitation,
} from "../../model/invitation.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { isUuid } from "../apis/find-api.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { roleFromColumn } from "../auth/actor.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { requireStanding } from "../permission/require-standing.ts";
import { lockUsers } from "./lock-users.ts";

/** Most invitations that are open at a time. */
const mostOpen = 200;

const dayMs = 24 * 60 * 60_000;

/** How an invitation is stored: SHA-256, lower-case hex. Its 256 random bits need no slow hash. */
export function hashInvitation(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/**
 * Invites a person. Whoever has the link becomes that person, once, until it expires; an earlier invitation to the same
 * address is withdrawn. `secret` is for the link, shown this once. Administrators only.
 *
 * @throws Problem "conflict" at `email` when somebody has that address, or when 200 are open already
 */
export async function invite(
  context: ServerContext,
  input: NewInvitation,
): Promise<{ invitation: OpenInvitation; secret: string }> {
  requirePermission(context, "invitation.create");
  const { email, role, validDays } = parseInput(newInvitationSchema, input);
  const secret = `${invitationPrefix}${randomBytes(32).toString("base64url")}`;
  return context.db.$transaction(async (tx) => {
    await lockUsers(tx);
    await requireStanding(tx, context);
    await refuseKnown(tx, email);
    const now = context.now();
    await tx.invitation.deleteMany({ where: { OR: [{ email }, { expiresAt: { lte: now } }] } });
    if ((await tx.invitation.count()) >= mostOpen) {
      throw new Problem("conflict", `There are ${mostOpen} open invitations. Withdraw some that nobody needs.`);
    }
    const expiresAt = new Date(now.getTime() + validDays * dayMs);
    const row = await tx.invitation.create({
      data: { email, role, hash: hashInvitation(secret), invitedBy: context.actor.name, createdAt: now, expiresAt },
    });
    await recordAudit(tx, context, {
      action: "invitation.create",
      subjectId: row.id,
      subject: email,
      detail: { role, expiresAt: expiresAt.toISOString() },
    });
    return { invitation: openInvitation(row), secret };
  });
}

/** Every invitation that can still be taken up, the newest first. Administrators only. */
export async function listInvitations(context: ServerContext): Promise<OpenInvitation[]> {
  requirePermission(context, "invitation.list");
  const where = { expiresAt: { gt: context.now() } };
  const rows = await context.db.invitation.findMany({ where, orderBy: { createdAt: "desc" }, take: mostOpen });
  return rows.map(openInvitation);
}

/** Withdraws an invitation at once. Problem "not-found" when there is none: taken up, expired, or withdrawn already. */
export async function withdrawInvitation(context: ServerContext, invitationId: string): Promise<void> {
  requirePermission(context, "invitation.withdraw");
  await context.db.$transaction(async (tx) => {
    await lockUsers(tx);
    await requireStanding(tx, context);
    const where = { id: invitationId };
    const row = isUuid(invitationId) ? await tx.invitation.findUnique({ where }) : null;
    if (!row) throw new Problem("not-found", "There is no such invitation any more: it may have been taken up.");
    await tx.invitation.deleteMany({ where });
    await recordAudit(tx, context, { action: "invitation.withdraw", subjectId: row.id, subject: row.email });
  });
}

type InvitationRow = Omit<OpenInvitation, "role"> & { role: string };

function openInvitation({ id, email, role, invitedBy, createdAt, expiresAt }: InvitationRow): OpenInvitation {
  return { id, email, role: roleFromColumn(role), invitedBy, createdAt, expiresAt };
}

async function refuseKnown(tx: Transaction, email: string): Promise<void> {
  if (!(await tx.user.findUnique({ where: { email }, select: { id: true } }))) return;
  const message = "Somebody with this e-mail address has an account already.";
  throw new Problem("conflict", message, [{ path: "email", message }]);
}
