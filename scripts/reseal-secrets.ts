import { symmetricDecrypt, symmetricEncrypt } from "better-auth/crypto";
import type { Client } from "pg";
import { seal, sealingKey, unseal } from "../lib/db/sealed-text.ts";
import { Failure } from "./failure.ts";

/** What was done: values that are under the new secret now, and those that neither secret opens. */
export type Resealed = { resealed: number; unreadable: number };

/** Where sealed texts stand, on their own or inside of JSON. Rows are known by these keys. */
const places = [
  { table: "api", keys: ["id"], column: "endpoint_config", type: "jsonb" },
  { table: "api_revision", keys: ["api_id", "revision"], column: "document", type: "jsonb" },
  { table: "scheduled_publish", keys: ["id"], column: "changes", type: "jsonb" },
  { table: "endpoint_certificate", keys: ["id"], column: "private_key", type: "text" },
  { table: "api_deletion", keys: ["api_id"], column: "kept", type: "jsonb" },
] as const;

/** Rows that are in memory at once. */
const batchSize = 500;

const sealedText = /sealed:v1:[A-Za-z0-9_-]+/g;

/**
 * Puts everything that is stored under one FAIRLEAD_SECRET under another, in one transaction: secrets of endpoints in APIs,
 * their history and scheduled changes, private keys of certificates, second factors. What is under the new one already
 * stays, so doing it twice is harmless. Throws, with nothing changed, when the old secret opens nothing of what is there.
 */
export async function resealSecrets(client: Client, secrets: { old: string; new: string }): Promise<Resealed> {
  const keys = { old: sealingKey(secrets.old), new: sealingKey(secrets.new) };
  const done: Resealed = { resealed: 0, unreadable: 0 };
  const resealed = (text: string) =>
    text.replace(sealedText, (sealed) => {
      if (unseal(sealed, keys.new) !== undefined) return sealed;
      const value = unseal(sealed, keys.old);
      if (value === undefined) {
        done.unreadable += 1;
        return sealed;
      }
      done.resealed += 1;
      return seal(value, keys.new);
    });
  await client.query("BEGIN");
  try {
    // Nobody saves meanwhile: every change of the configuration takes this row first.
    await client.query("SELECT revision FROM config_revision WHERE id = 1 FOR UPDATE");
    for (const place of places) await rewrite(client, place, resealed);
    await rewriteSecondFactors(client, secrets, done);
    if (done.resealed === 0 && done.unreadable > 0) {
      throw new Failure("FAIRLEAD_OLD_SECRET opens nothing of what is stored: nothing was changed");
    }
    await client.query("COMMIT");
    return done;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

type Row = { keys: string[]; text: string };

async function rewrite(
  client: Client,
  { table, keys, column, type }: (typeof places)[number],
  change: (text: string) => string,
): Promise<void> {
  // Names are ours, from the list above.
  const named = keys.map((key) => `"${key}"::text`);
  const page = `SELECT ARRAY[${named.join(", ")}] AS keys, "${column}"::text AS text FROM "${table}"
    WHERE "${column}"::text LIKE '%sealed:v1:%' AND ROW(${named.join(", ")}) > ROW(${keys.map((_, at) => `$${at + 1}`).join(", ")})
    ORDER BY ${named.join(", ")} LIMIT ${batchSize}`;
  const update = `UPDATE "${table}" SET "${column}" = $1::${type}
    WHERE ${named.map((name, at) => `${name} = $${at + 2}`).join(" AND ")}`;
  for (let after: string[] = keys.map(() => ""); ; ) {
    const { rows } = await client.query<Row>(page, after);
    for (const row of rows) {
      const text = change(row.text);
      if (text !== row.text) await client.query(update, [text, ...row.keys]);
    }
    const last = rows.at(-1);
    if (!last || rows.length < batchSize) return;
    after = last.keys;
  }
}

type SecondFactor = { id: string; secret: string; backupCodes: string };

/** better-auth keeps these in a form of its own. */
async function rewriteSecondFactors(
  client: Client,
  secrets: { old: string; new: string },
  done: Resealed,
): Promise<void> {
  const { rows } = await client.query<SecondFactor>(
    'SELECT id, secret, backup_codes AS "backupCodes" FROM two_factor ORDER BY id',
  );
  for (const { id, ...stored } of rows) {
    const secret = await reencrypted(stored.secret, secrets, done);
    const backupCodes = await reencrypted(stored.backupCodes, secrets, done);
    await client.query("UPDATE two_factor SET secret = $1, backup_codes = $2 WHERE id = $3", [secret, backupCodes, id]);
  }
}

async function reencrypted(data: string, secrets: { old: string; new: string }, done: Resealed): Promise<string> {
  if ((await decrypted(data, secrets.new)) !== undefined) return data;
  const value = await decrypted(data, secrets.old);
  if (value === undefined) {
    done.unreadable += 1;
    return data;
  }
  done.resealed += 1;
  return symmetricEncrypt({ key: secrets.new, data: value });
}

async function decrypted(data: string, key: string): Promise<string | undefined> {
  return symmetricDecrypt({ key, data }).catch(() => undefined);
}
