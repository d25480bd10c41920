import "server-only";
import type { Actor } from "../context.ts";
import { actorFromUser } from "./actor.ts";
import type { Auth } from "./auth.ts";

/** An open session: which one, and whose. */
export type OpenSession = { id: string; actor: Actor };

/** The session that a request's cookie names, if it is open and its owner is active. */
export async function findSession(auth: Auth, headers: Headers): Promise<OpenSession | undefined> {
  const found = await auth.api.getSession({ headers });
  if (!found || found.user.banned === true) return undefined;
  return { id: found.session.id, actor: actorFromUser(found.user) };
}
