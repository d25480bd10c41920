import "server-only";
import { hashPassword } from "better-auth/crypto";
import type { Database } from "../../db/client.ts";
import {
  type AcceptedInvitation,
  acceptedInvitationSchema,
  type InvitationWelcome,
  invitationPrefix,
} from "../../model/invitation.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { roleFromColumn } from "../auth/actor.ts";
import { forgiveAddress, takeAddressAttempt } from "../auth/attempt-limit.ts";
import type { Actor, ServerContext } from "../context.ts";
import { hashInvitation } from "./invitations.ts";
import { lockUsers } from "./lock-users.ts";
import { writeUser } from "./write-user.ts";

/** What taking up an invitation needs; there is no actor yet. `address` is where the request comes from. */
export type InvitationContext = Pick<ServerContext, "db" | "secret" | "now" | "origin"> & { address: string };

/**
 * What a link leads to.
 *
 * @throws Problem "not-found", the same words for a link that was used, withdrawn, outlived, or made up;
 *   "too-many-requests" after too many of those
 */
export async function findInvitation(context: InvitationContext, secret: string): Promise<InvitationWelcome> {
  await takeAddressAttempt(context.db, "invitation", context.address, context.now());
  const row = await findOpen(context, secret);
  if (!row) throw notValid();
  await forgiveAddress(context.db, "invitation", context.address);
  const { email, role, invitedBy, expiresAt } = row;
  return { email, role: roleFromColumn(role), invitedBy, expiresAt };
}

/**
 * Makes of an invitation an account with a password that the person chose. Of two that use a link at once exactly one
 * succeeds.
 *
 * @throws Problem as {@link findInvitation}; "invalid" at `name` or `password`
 */
export async function acceptInvitation(context: InvitationContext, input: AcceptedInvitation): Promise<Actor> {
  const { secret, name, password } = parseInput(acceptedInvitationSchema, input);
  await takeAddressAttempt(context.db, "invitation", context.address, context.now());
  if (!(await findOpen(context, secret))) throw notValid();
  const passwordHash = await hashPassword(password);
  const actor = await context.db.$transaction(async (tx) => {
    await lockUsers(tx);
    const row = await findOpen({ ...context, db: tx }, secret);
    if (!row || (await tx.user.findUnique({ where: { email: row.email }, select: { id: true } }))) throw notValid();
    await tx.invitation.deleteMany({ where: { id: row.id } });
    const role = roleFromColumn(row.role);
    const user = await writeUser(tx, { name, email: row.email, role, passwordHash }, context.now());
    const person: Actor = { ...user, role };
    await recordAudit(
      tx,
      { ...context, actor: person },
      {
        action: "invitation.accept",
        subjectId: user.id,
        subject: row.email,
        detail: { role, invitedBy: row.invitedBy },
      },
    );
    return person;
  });
  await forgiveAddress(context.db, "invitation", context.address);
  return actor;
}

async function findOpen({ db, now }: { db: Pick<Database, "invitation">; now: () => Date }, secret: string) {
  if (!secret.startsWith(invitationPrefix)) return null;
  return db.invitation.findFirst({ where: { hash: hashInvitation(secret), expiresAt: { gt: now() } } });
}

function notValid(): Problem {
  return new Problem(
    "not-found",
    "This invitation is not valid any more: it was used, withdrawn, or has expired. Ask who invited you for a new one.",
  );
}
