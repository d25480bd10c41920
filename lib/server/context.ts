import type { Database } from "../db/client.ts";
import { Problem } from "../model/problem.ts";

export const roles = ["publisher", "admin"] as const;
export type Role = (typeof roles)[number];

/** Who calls a verb. */
export type Actor = { id: string; name: string; email: string; role: Role };

/** From where somebody acts: for the audit log, never to decide by. */
export type RequestOrigin = {
  /** Address of the connection. */
  address: string;
  /** "session", "password", or "token" and the token's name. */
  credential: string;
  userAgent?: string;
  /** The administrator who acts with the actor's rights. */
  actingAdmin?: { id: string; name: string };
};

/** What every verb of lib/server gets: who asks, the database, and the outside world it may use. */
export type ServerContext = {
  actor: Actor;
  db: Database;
  /** FAIRLEAD_SECRET: seals stored secrets and signs try-out keys. */
  secret: string;
  /** The present, for expiry and the like. */
  now: () => Date;
  /** Absent: the publisher acts by itself. */
  origin?: RequestOrigin;
};

/** Refuses an API that is neither the actor's own nor open to them as an administrator. */
export function requireApiAccess(actor: Actor, api: { ownerId: string }): void {
  if (actor.role === "admin" || api.ownerId === actor.id) return;
  throw new Problem("forbidden", "This API belongs to another publisher. Ask its provider or an administrator.");
}

/** Refuses everybody but administrators. */
export function requireAdmin(actor: Actor): void {
  if (actor.role === "admin") return;
  throw new Problem("forbidden", "Only administrators can do this.");
}
