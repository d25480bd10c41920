import "server-only";
import { encode } from "uqr";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { type SecondFactorSetup, secondStepSchema } from "../../model/second-factor.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { clearAttempts, takeAttempt } from "../auth/attempt-limit.ts";
import type { Auth } from "../auth/auth.ts";
import { problemOf } from "../auth/second-factor.ts";
import { findAccount, isPasswordOf } from "../auth/verify-password.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { getUserRow } from "./lock-users.ts";

/** What changing one's second factor needs: who signs people in, the request's headers with its session, its address. */
export type OwnSession = { auth: Auth; headers: Headers; address: string };

/** Whether the actor signs in with a second factor. */
export async function hasSecondFactor(context: ServerContext): Promise<boolean> {
  requirePermission(context, "two-factor.read");
  const user = await context.db.user.findUnique({ where: { id: context.actor.id } });
  return user?.twoFactorEnabled === true;
}

/**
 * Begins to set up a second factor for the actor; it counts once a code of it is confirmed. An earlier beginning is
 * forgotten.
 *
 * @throws Problem "invalid" at `password`; "conflict" when there is one already; "too-many-requests"
 */
export async function beginSecondFactor(
  context: ServerContext,
  session: OwnSession,
  password: string,
): Promise<SecondFactorSetup> {
  requirePermission(context, "two-factor.set-up");
  if (await hasSecondFactor(context))
    throw new Problem("conflict", "You have a second factor already. Remove it first.");
  await checkPassword(context, session, password);
  const { auth, headers } = session;
  const begun = await auth.api.enableTwoFactor({ body: { password, method: "totp" }, headers });
  if (begun.method !== "totp") throw new Error("A second factor of another kind was set up.");
  const { totpURI: uri, backupCodes: recoveryCodes } = begun;
  return { uri, qr: qrCode(uri), key: new URL(uri).searchParams.get("secret") ?? "", recoveryCodes };
}

/**
 * Confirms by a code that the app is set up: from now on signing in asks for it. The actor's other sessions end.
 *
 * @returns the headers that set the cookie of the session, which is another one now
 * @throws Problem "invalid" at `code`
 */
export async function confirmSecondFactor(
  context: ServerContext,
  session: OwnSession,
  typed: string,
): Promise<Headers> {
  requirePermission(context, "two-factor.set-up");
  const { code } = parseInput(secondStepSchema, { kind: "app", code: typed });
  const { auth, headers } = session;
  const done = await auth.api.verifyTOTP({ body: { code }, headers, returnHeaders: true }).catch((error: unknown) => {
    throw problemOf(error);
  });
  await record(context, "two-factor.set-up");
  return done.headers;
}

/**
 * Takes the actor's second factor away.
 *
 * @returns the headers that set the cookie of the session, which is another one now
 * @throws Problem "invalid" at `password`; "too-many-requests"
 */
export async function removeSecondFactor(
  context: ServerContext,
  session: OwnSession,
  password: string,
): Promise<Headers> {
  requirePermission(context, "two-factor.remove");
  await checkPassword(context, session, password);
  const { auth, headers } = session;
  const done = await auth.api.disableTwoFactor({ body: { password }, headers, returnHeaders: true });
  await record(context, "two-factor.remove");
  return done.headers;
}

/** New recovery codes; the earlier ones stop working. Problems as {@link removeSecondFactor}. */
export async function renewRecoveryCodes(
  context: ServerContext,
  session: OwnSession,
  password: string,
): Promise<readonly string[]> {
  requirePermission(context, "two-factor.set-up");
  await checkPassword(context, session, password);
  const { auth, headers } = session;
  const { backupCodes } = await auth.api.generateBackupCodes({ body: { password }, headers });
  await record(context, "two-factor.renew-codes");
  return backupCodes;
}

/** Takes a person's second factor away, for whom app and recovery codes are lost, and ends their sessions. Administrators only. */
export async function resetUserSecondFactor(context: ServerContext, userId: string): Promise<void> {
  requirePermission(context, "user.reset-second-factor");
  await context.db.$transaction(async (tx) => {
    const user = await getUserRow(tx, userId);
    await tx.twoFactor.deleteMany({ where: { userId: user.id } });
    await tx.user.update({ where: { id: user.id }, data: { twoFactorEnabled: false } });
    await tx.session.deleteMany({ where: { userId: user.id } });
    await recordAudit(tx, context, { action: "user.reset-second-factor", subjectId: user.id, subject: user.email });
  });
}

async function checkPassword(
  { db, actor, now }: ServerContext,
  { address }: OwnSession,
  password: string,
): Promise<void> {
  const attempt = { email: actor.email, address };
  await takeAttempt(db, attempt, now());
  if (!(await isPasswordOf(await findAccount(db, actor.email), password))) {
    const message = "This is not your password.";
    throw new Problem("invalid", message, [{ path: "password", message }]);
  }
  await clearAttempts(db, attempt);
}

async function record(context: ServerContext, action: string): Promise<void> {
  const { actor } = context;
  await context.db.$transaction((tx) =>
    recordAudit(tx, context, { action, subjectId: actor.id, subject: actor.email }),
  );
}

/** A QR code as one SVG path, with the margin that scanners want. */
function qrCode(text: string): SecondFactorSetup["qr"] {
  const { data, size } = encode(text, { border: 2 });
  const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return { path, size };
}
