import type { Database } from "./client.ts";

/** Notes that keys were used just now, by the database's clock. Keys that are gone are left out. */
export async function recordUsedKeys(db: Database, keyIds: readonly string[]): Promise<void> {
  await db.$executeRaw`
    UPDATE api_key SET last_used_at = now() FROM unnest(${keyIds}::text[]) AS used(id)
    WHERE api_key.id = used.id::uuid`;
}
