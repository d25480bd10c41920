import "server-only";
import type { Database } from "../../db/client.ts";
import type { Actor } from "../context.ts";
import { actorFromUser, roleFromColumn } from "./actor.ts";
import type { Auth } from "./auth.ts";

/** An open session: which one, whose, and the administrator who acts on their behalf, if one does. */
export type OpenSession = { id: string; actor: Actor; actingAdmin?: { id: string; name: string } };

/** The session that a request's cookie names, if it is open and its owner is active. */
export async function findSession(auth: Auth, db: Database, headers: Headers): Promise<OpenSession | undefined> {
  const found = await auth.api.getSession({ headers });
  if (!found || found.user.banned === true) return undefined;
  const session = { id: found.session.id, actor: actorFromUser(found.user) };
  const { impersonatedBy } = found.session;
  if (!impersonatedBy) return session;
  // Whoever is no administrator any more, or deactivated, does not go on acting for others.
  const admin = await db.user.findUnique({ where: { id: impersonatedBy } });
  if (!admin || admin.banned === true || roleFromColumn(admin.role) !== "admin") return undefined;
  return { ...session, actingAdmin: { id: admin.id, name: admin.name } };
}
