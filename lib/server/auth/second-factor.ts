import "server-only";
import { createHash } from "node:crypto";
import { isAPIError } from "better-auth/api";
import { parseSetCookieHeader } from "better-auth/cookies";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { type SecondStep, secondStepSchema } from "../../model/second-factor.ts";
import { isFirstUse } from "./attempt-limit.ts";
import type { SignInContext } from "./sign-in.ts";

/** Whether what signing in sets is not a session yet, but the way to its second step. */
export function asksSecondFactor(headers: Headers): boolean {
  const cookie = parseSetCookieHeader(headers.get("set-cookie") ?? "").get("fairlead.two_factor");
  return cookie !== undefined && cookie.value !== "";
}

/**
 * The second step of signing in: opens the session. Wrong codes are counted by better-auth: after five the sign-in begins
 * anew, after ten the account waits for a quarter of an hour. A code is good for one sign-in.
 *
 * @returns the headers that set the session's cookie
 * @throws Problem "invalid" at `code`; "unauthenticated" when the sign-in has to begin anew; "too-many-requests"
 */
export async function takeSecondStep(context: SignInContext, input: SecondStep): Promise<Headers> {
  const step = parseInput(secondStepSchema, input);
  const { headers, token, userId } = await verify(context, step);
  const fingerprint = createHash("sha256").update(`${userId} ${step.code}`).digest("hex");
  if (step.kind === "app" && !(await isFirstUse(context.db, `second-factor:${fingerprint}`, context.now()))) {
    await context.db.session.deleteMany({ where: { token } });
    throw wrongCode("This code has been used already. Wait for the next one.");
  }
  return headers;
}

async function verify({ auth, headers }: SignInContext, { kind, code }: SecondStep) {
  try {
    const request = { body: { code }, headers, returnHeaders: true as const };
    const done = kind === "app" ? await auth.api.verifyTOTP(request) : await auth.api.verifyBackupCode(request);
    return { headers: done.headers, token: done.response.token ?? "", userId: done.response.user.id };
  } catch (error) {
    throw problemOf(error);
  }
}

/** What better-auth says of a code, in words of ours. Anything else than a refusal goes on as it is. */
export function problemOf(error: unknown): unknown {
  if (!isAPIError(error) || error.statusCode >= 500) return error;
  switch (error.body?.code) {
    case "ACCOUNT_TEMPORARILY_LOCKED":
      return new Problem("too-many-requests", "Too many wrong codes. Try again in 15 minutes.", [], 15 * 60);
    case "INVALID_TWO_FACTOR_COOKIE":
    case "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE":
      return new Problem(
        "unauthenticated",
        "This sign-in took too long, or too many codes. Begin again with your password.",
      );
    default:
      return wrongCode("This code is not right. Codes change every half minute.");
  }
}

function wrongCode(message: string): Problem {
  return new Problem("invalid", message, [{ path: "code", message }]);
}
