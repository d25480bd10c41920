import type { Database } from "../db/client.ts";
import type { TokenScope, UserRole } from "../model/account.ts";

/** Who calls a verb. */
export type Actor = { id: string; name: string; email: string; role: UserRole };

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
  /** Whether changes of the configuration are tried out and taken back: everything is checked, nothing is stored. */
  isRehearsal?: boolean;
  /** What the access token that was shown is good for; absent: everything that the actor may do. */
  scope?: TokenScope;
  /** Absent: the publisher acts by itself. */
  origin?: RequestOrigin;
};
