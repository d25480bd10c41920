import "server-only";
import { createHmac, randomBytes } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Database } from "../../db/client.ts";
import { Problem } from "../../model/problem.ts";
import type { Actor } from "../context.ts";
import { clearAttempts, takeAttempt } from "./attempt-limit.ts";
import { type AccountWithPassword, findAccount, isPasswordOf } from "./verify-password.ts";

/**
 * Verifications of this process, under way or successful: checking a password costs about 125 ms of CPU, and scripts send
 * it with every request. The key is an HMAC over the stored hash and the password that was sent, so a new password is a
 * new key, and neither can be read out of memory. Roles and deactivation are not cached.
 */
const verifications = new LRUCache<string, Promise<boolean>>({ max: 1_000, ttl: 60_000 });
const verificationKey = randomBytes(32);

export type BasicAttempt = { email: string; password: string; address: string };

/**
 * Who an e-mail address and a password stand for.
 *
 * @throws Problem "unauthenticated"; "too-many-requests" after too many failures for the account or from the address
 */
export async function actorOfBasicCredentials(db: Database, attempt: BasicAttempt, now: Date): Promise<Actor> {
  const account = await findAccount(db, attempt.email);
  if (!(await isVerified(db, account, attempt, now)) || !account) {
    throw new Problem("unauthenticated", "E-mail address or password is not right.");
  }
  if (!account.active) throw new Problem("unauthenticated", "This account is deactivated.");
  // Told to nobody but who knows the password.
  if (account.hasSecondFactor) {
    throw new Problem("unauthenticated", "This account has a second factor: call with an access token instead.");
  }
  return account.actor;
}

/** Many requests of one script at once share one verification, and count as one attempt. */
async function isVerified(
  db: Database,
  account: AccountWithPassword | undefined,
  attempt: BasicAttempt,
  now: Date,
): Promise<boolean> {
  const credentials = JSON.stringify([account?.passwordHash ?? attempt.email, attempt.password]);
  const key = createHmac("sha256", verificationKey).update(credentials).digest("base64url");
  const known = verifications.get(key);
  if (known) return known;
  const verification = verify(db, account, attempt, now);
  verifications.set(key, verification);
  try {
    const verified = await verification;
    if (!verified) verifications.delete(key);
    return verified;
  } catch (error) {
    verifications.delete(key);
    throw error;
  }
}

async function verify(
  db: Database,
  account: AccountWithPassword | undefined,
  attempt: BasicAttempt,
  now: Date,
): Promise<boolean> {
  await takeAttempt(db, attempt, now);
  const verified = await isPasswordOf(account, attempt.password);
  if (verified) await clearAttempts(db, attempt);
  return verified;
}
