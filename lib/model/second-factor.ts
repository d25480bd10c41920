import { z } from "zod";

/** A code of an authenticator app: six digits; blanks that some apps show are taken out. */
export const totpCodeSchema = z
  .string({ error: "Enter the six digits that the app shows." })
  .transform((typed) => typed.replaceAll(/\s/g, ""))
  .pipe(z.string().regex(/^\d{6}$/, "A code has six digits."));

/** A recovery code as it was shown: two groups of five letters and digits. */
export const recoveryCodeSchema = z
  .string({ error: "Enter a recovery code." })
  .trim()
  .min(8, "A recovery code looks like aB3dE-fG5hI.")
  .max(40, "A recovery code looks like aB3dE-fG5hI.");

/** What the second step of signing in sends. */
export const secondStepSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("app"), code: totpCodeSchema }),
  z.strictObject({ kind: z.literal("recovery"), code: recoveryCodeSchema }),
]);
export type SecondStep = z.input<typeof secondStepSchema>;

/** What an authenticator app is set up with, shown this once. */
export type SecondFactorSetup = {
  /** otpauth: URI. */
  uri: string;
  /** The same as a QR code: an SVG path in a square of `size` units. */
  qr: { path: string; size: number };
  /** The key in it, for typing it in. */
  key: string;
  recoveryCodes: readonly string[];
};
