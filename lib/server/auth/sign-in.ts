import "server-only";
import { isAPIError } from "better-auth/api";
import type { Database } from "../../db/client.ts";
import { type Credentials, credentialsSchema } from "../../model/account.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { clearAttempts, takeAttempt } from "./attempt-limit.ts";
import type { Auth } from "./auth.ts";
import { clientAddress } from "./client-address.ts";

/** What signing in needs; there is no actor yet. `headers` are the request's: address and browser are kept with the session. */
export type SignInContext = { db: Database; auth: Auth; now: () => Date; headers: Headers };

/**
 * Opens a session.
 *
 * @returns the headers that set the session's cookie
 * @throws Problem "unauthenticated", the same words after the same time for an unknown address and a wrong password;
 *   "forbidden" for a deactivated account, only to who knows its password; "too-many-requests" after too many failures
 */
export async function signIn(context: SignInContext, input: Credentials): Promise<Headers> {
  const credentials = parseInput(credentialsSchema, input);
  const attempt = { email: credentials.email, address: clientAddress(context.headers) };
  await takeAttempt(context.db, attempt, context.now());
  const cookieHeaders = await openSession(context, credentials);
  await clearAttempts(context.db, attempt);
  await context.db.session.deleteMany({ where: { expiresAt: { lte: context.now() } } });
  return cookieHeaders;
}

async function openSession(context: SignInContext, body: { email: string; password: string }): Promise<Headers> {
  try {
    const { headers } = await context.auth.api.signInEmail({ body, headers: context.headers, returnHeaders: true });
    return headers;
  } catch (error) {
    if (!isAPIError(error) || error.statusCode >= 500) throw error;
    if (error.body?.code === "BANNED_USER") {
      throw new Problem("forbidden", "This account is deactivated. An administrator can activate it again.");
    }
    throw new Problem("unauthenticated", "E-mail address or password is not right.");
  }
}
