import "server-only";
import { type Database, openDatabase } from "../db/client.ts";
import { publisherEnvironment } from "./env.ts";

declare global {
  // A development server evaluates modules anew after an edit; the pool must outlive that.
  var fairleadDatabase: Database | undefined;
}

/** The database of this process, opened at the first use and shared by everything in it. */
export function database(): Database {
  globalThis.fairleadDatabase ??= openDatabase(publisherEnvironment().databaseUrl);
  return globalThis.fairleadDatabase;
}

/** Ends the pool of {@link database}; the next use opens a new one. */
export async function closeDatabase(): Promise<void> {
  const open = globalThis.fairleadDatabase;
  globalThis.fairleadDatabase = undefined;
  await open?.$disconnect();
}
