import { z } from "zod";
import { emailSchema, firstAdministratorSchema, roleProblem, type UserRole, userRoles } from "./account.ts";

/** Days that an invitation can be valid for, as they are offered. */
export const invitationDays = [1, 3, 7, 14, 30] as const;

const daysProblem = "An invitation is valid for 1 to 30 days.";

/** What an administrator gives to invite a person. */
export const newInvitationSchema = z.strictObject({
  email: emailSchema,
  role: z.enum(userRoles, { error: roleProblem }),
  validDays: z.number({ error: daysProblem }).int(daysProblem).min(1, daysProblem).max(30, daysProblem).default(7),
});
export type NewInvitation = z.input<typeof newInvitationSchema>;

/** Invitations look like `fli_` + 43 base64url characters (32 random bytes); stored is their lower-case hex SHA-256. */
export const invitationPrefix = "fli_";

/** What a person gives to take an invitation up. */
export const acceptedInvitationSchema = z.strictObject({
  secret: z.string().max(100),
  name: firstAdministratorSchema.shape.name,
  password: firstAdministratorSchema.shape.password,
});
export type AcceptedInvitation = z.input<typeof acceptedInvitationSchema>;

/** An invitation that can still be taken up, as administrators see it. */
export type OpenInvitation = {
  id: string;
  email: string;
  role: UserRole;
  invitedBy: string;
  createdAt: Date;
  expiresAt: Date;
};

/** What somebody who has the link is told. */
export type InvitationWelcome = Pick<OpenInvitation, "email" | "role" | "invitedBy" | "expiresAt">;
