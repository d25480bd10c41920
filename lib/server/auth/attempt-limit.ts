import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import type { Database } from "../../db/client.ts";
import { Problem } from "../../model/problem.ts";

/** Failed attempts are counted in windows of this length, ms. */
export const attemptWindowMs = 15 * 60_000;

/** Most failed attempts in one window: for one account, and from one address (where many people may sit). */
const mostAttempts = { email: 10, address: 100 } as const;

/** Who tries: the account that is named, and where the request comes from. */
export type Attempt = { email: string; address: string };

const countedSchema = z.array(z.object({ count: z.number(), startedAtMs: z.bigint().transform(Number) }));

/**
 * Counts an attempt before it is looked at, so that many at once cannot all pass. Counted in the database: all publisher
 * processes share it, and a restart does not forget.
 *
 * @throws Problem "too-many-requests" with the seconds to wait
 */
export async function takeAttempt(db: Database, attempt: Attempt, now: Date): Promise<void> {
  for (const [key, most] of keysOf(attempt)) {
    const { count, startedAtMs } = await increment(db, key, now.getTime());
    if (count === 1) await forgetOldWindows(db, now);
    if (count > most) throw tooMany(startedAtMs + attemptWindowMs - now.getTime());
  }
}

/** A success: the account's failures are forgotten, and the address gets its attempt back. */
export async function clearAttempts(db: Database, attempt: Attempt): Promise<void> {
  const [[emailKey], [addressKey]] = keysOf(attempt);
  await db.rateLimit.deleteMany({ where: { key: emailKey } });
  await db.rateLimit.updateMany({ where: { key: addressKey, count: { gt: 0 } }, data: { count: { decrement: 1 } } });
}

/** Most failures from one address in one window where no account is named. */
const mostByAddress = 30;

/**
 * The same for what names no account: only the address is counted.
 *
 * @throws Problem "too-many-requests" with the seconds to wait
 */
export async function takeAddressAttempt(db: Database, what: "invitation", address: string, now: Date): Promise<void> {
  const { count, startedAtMs } = await increment(db, addressKey(what, address), now.getTime());
  if (count === 1) await forgetOldWindows(db, now);
  if (count > mostByAddress) throw tooMany(startedAtMs + attemptWindowMs - now.getTime());
}

/** It was none: the address gets its attempt back. */
export async function forgiveAddress(db: Database, what: "invitation", address: string): Promise<void> {
  const key = addressKey(what, address);
  await db.rateLimit.updateMany({ where: { key, count: { gt: 0 } }, data: { count: { decrement: 1 } } });
}

/** Most hosts that one person has asked for their certificate in one window, and most questions to one host by everybody. */
const mostHandshakes = { person: 60, host: 20 } as const;

/**
 * Counts a handshake before it is made: neither shall one person look for hosts by it, nor many trouble one host.
 *
 * @throws Problem "too-many-requests" with the seconds to wait
 */
export async function takeHandshake(
  db: Database,
  { personId, host }: { personId: string; host: string },
  now: Date,
): Promise<void> {
  const hostHash = createHash("sha256").update(host).digest("hex");
  const limits = [
    [`handshake:person:${personId}`, mostHandshakes.person, "You have asked many hosts for their certificate."],
    [`handshake:host:${hostHash}`, mostHandshakes.host, "This host was asked for its certificate many times."],
  ] as const;
  for (const [key, most, words] of limits) {
    const { count, startedAtMs } = await increment(db, key, now.getTime());
    if (count === 1) await forgetOldWindows(db, now);
    if (count > most) throw tooMany(startedAtMs + attemptWindowMs - now.getTime(), words);
  }
}

/** Whether nobody has used this before, within a window: what is good for once is remembered by it. */
export async function isFirstUse(db: Database, key: string, now: Date): Promise<boolean> {
  return (await increment(db, key, now.getTime())).count === 1;
}

const addressKey = (what: string, address: string) => `${what}:address:${address.slice(0, 64)}`;

function keysOf({ email, address }: Attempt): [[string, number], [string, number]] {
  const account = createHash("sha256").update(email.toLowerCase()).digest("hex");
  return [
    [`sign-in:email:${account}`, mostAttempts.email],
    [addressKey("sign-in", address), mostAttempts.address],
  ];
}

async function increment(db: Database, key: string, nowMs: number): Promise<{ count: number; startedAtMs: number }> {
  const endedBefore = nowMs - attemptWindowMs;
  const rows: unknown = await db.$queryRaw`
    INSERT INTO rate_limit (id, key, count, last_request) VALUES (${randomUUID()}, ${key}, 1, ${nowMs}::bigint)
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN rate_limit.last_request <= ${endedBefore}::bigint THEN 1 ELSE rate_limit.count + 1 END,
      last_request = CASE WHEN rate_limit.last_request <= ${endedBefore}::bigint THEN excluded.last_request
                          ELSE rate_limit.last_request END
    RETURNING count, last_request AS "startedAtMs"`;
  const [counted] = countedSchema.parse(rows);
  if (!counted) throw new Error("Counting an attempt returned no row.");
  return counted;
}

async function forgetOldWindows(db: Database, now: Date): Promise<void> {
  await db.rateLimit.deleteMany({ where: { lastRequest: { lte: BigInt(now.getTime() - attemptWindowMs) } } });
}

function tooMany(waitMs: number, words = "Too many failed attempts."): Problem {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  const minutes = Math.ceil(seconds / 60);
  const wait = minutes === 1 ? "a minute" : `${minutes} minutes`;
  return new Problem("too-many-requests", `${words} Try again in ${wait}.`, [], seconds);
}
