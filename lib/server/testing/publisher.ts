import { randomUUID } from "node:crypto";
import { createTestDatabase } from "../../../scripts/testing/database.ts";
import { type Database, openDatabase } from "../../db/client.ts";
import type { UserRole } from "../../model/account.ts";
import type { ServerContext } from "../context.ts";

/** A database with nobody in it, and people who may use it. */
export type TestPublisher = {
  db: Database;
  /** As the publisher connects. */
  url: string;
  /** As the database's owner, a superuser. */
  ownerUrl: string;
  /** A new person who calls verbs. */
  person(name: string, role?: UserRole): Promise<ServerContext>;
  close(): Promise<void>;
};

/** FAIRLEAD_SECRET in tests. */
export const testSecret = "a secret of at least thirty-two characters";

/** Opens a fresh test database. The clock stands at the real present, 1 ms further with each look. */
export async function openTestPublisher(): Promise<TestPublisher> {
  const database = await createTestDatabase();
  const db = openDatabase(database.url);
  let time = Date.now();
  return {
    db,
    url: database.url,
    ownerUrl: database.ownerUrl,
    async person(name, role = "publisher") {
      const actor = { id: randomUUID(), name, email: `${randomUUID()}@example.com`, role };
      await db.user.create({ data: { ...actor } });
      const now = () => {
        time += 1;
        return new Date(time);
      };
      return { actor, db, secret: testSecret, now };
    },
    async close() {
      await db.$disconnect();
      await database.drop();
    },
  };
}
