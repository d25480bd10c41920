import { createHash, randomBytes, randomUUID } from "node:crypto";
import pg from "pg";
import type { Stack } from "./stack.ts";

/** An access token of the stack's administrator, as the Account page would have made it. */
export async function createToken({ databaseUrl, admin }: Pick<Stack, "databaseUrl" | "admin">): Promise<string> {
  const token = `flp_${randomBytes(32).toString("base64url")}`;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO access_token (id, user_id, name, hash, prefix)
       SELECT $1, id, 'command line', $2, $3 FROM "user" WHERE email = $4`,
      [randomUUID(), createHash("sha256").update(token).digest("hex"), token.slice(0, 10), admin.email],
    );
  } finally {
    await client.end();
  }
  return token;
}
