import "server-only";
import { type UserRole, userRoles } from "../../model/account.ts";
import type { Actor } from "../context.ts";

/** The columns of a user that make an actor. */
export type UserColumns = { id: string; name: string; email: string; role?: string | null };

/** The actor that a user is. A role that nobody knows gets no more than a publisher's rights. */
export function actorFromUser(user: UserColumns): Actor {
  return { id: user.id, name: user.name, email: user.email, role: roleFromColumn(user.role) };
}

export function roleFromColumn(role: string | null | undefined): UserRole {
  return userRoles.find((known) => known === role) ?? "publisher";
}
