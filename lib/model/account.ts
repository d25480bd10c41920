import { z } from "zod";

export const userRoles = ["viewer", "publisher", "admin"] as const;
/** A viewer looks at every API; a publisher works with their own; an administrator with all of them, and manages people. */
export type UserRole = (typeof userRoles)[number];

/** What is said of any other role. */
export const roleProblem = "A role is viewer, publisher or admin.";

/** Name of a person as others read it. */
export const personNameSchema = z
  .string({ error: "Enter a name." })
  .trim()
  .min(1, "Enter a name.")
  .max(100, "A name has at most 100 characters.")
  .regex(/^\P{Cc}*$/u, "A name cannot contain line breaks or control characters.");

/** E-mail address, lower-cased: it is the name people sign in with. */
export const emailSchema = z
  .string({ error: "Enter an e-mail address." })
  .trim()
  .toLowerCase()
  .min(1, "Enter an e-mail address.")
  .max(254, "An e-mail address has at most 254 characters.")
  .pipe(z.email("This is not an e-mail address: something like ada@example.com is expected."));

export const minPasswordLength = 8;
/** Longer ones are refused, so that hashing has a bound. */
export const maxPasswordLength = 128;

/** A password that somebody chooses. Length is what counts; no rules about which characters. */
export const newPasswordSchema = z
  .string({ error: "Enter a password." })
  .min(minPasswordLength, `A password has at least ${minPasswordLength} characters.`)
  .max(maxPasswordLength, `A password has at most ${maxPasswordLength} characters.`);

/** A password that somebody already has: only its presence is looked at. */
const presentPasswordSchema = z.string({ error: "Enter your password." }).min(1, "Enter your password.").max(1_000);

/** What the sign-in form sends. */
export const credentialsSchema = z.strictObject({ email: emailSchema, password: presentPasswordSchema });
export type Credentials = z.input<typeof credentialsSchema>;

/** What the first visit asks for: the first administrator. */
export const firstAdministratorSchema = z.strictObject({
  name: personNameSchema,
  email: emailSchema,
  password: newPasswordSchema,
});
export type FirstAdministrator = z.input<typeof firstAdministratorSchema>;

/** What an administrator gives to add a person. */
export const newUserSchema = firstAdministratorSchema.extend({
  role: z.enum(userRoles, { error: roleProblem }),
});
export type NewUser = z.input<typeof newUserSchema>;

/** What a person gives to change their own password. */
export const passwordChangeSchema = z.strictObject({
  currentPassword: presentPasswordSchema,
  newPassword: newPasswordSchema,
});
export type PasswordChange = z.input<typeof passwordChangeSchema>;

export const tokenScopes = ["read", "write", "admin"] as const;
/** What a token is good for: looking, changing too, or everything that its person may do, administration included. */
export type TokenScope = (typeof tokenScopes)[number];

/** What a person gives to create a token for the REST API. */
export const newAccessTokenSchema = z.strictObject({
  scope: z.enum(tokenScopes, { error: "A token's scope is read, write or admin." }).default("write"),
  name: z
    .string({ error: "Enter a name, for example the script's." })
    .trim()
    .min(1, "Enter a name, for example the script's.")
    .max(60, "A name has at most 60 characters."),
  /** Absent: never. */
  expiresAt: z.date({ error: "Expiry is a date and time." }).optional(),
});
export type NewAccessToken = z.input<typeof newAccessTokenSchema>;

/** A person, as administrators see them. */
export type UserSummary = {
  id: string;
  name: string;
  email: string;
  role: UserRole;
  /** Deactivated people keep their APIs but cannot sign in or call the REST API. */
  active: boolean;
  createdAt: Date;
  /** When a session or token of theirs was last opened or used; null: never, or long ago. */
  lastSeenAt: Date | null;
  openSessions: number;
  hasSecondFactor: boolean;
  apis: number;
};

/** An open session of a person, as they see it themselves. */
export type OwnSession = {
  id: string;
  /** The session of this very request. */
  current: boolean;
  ipAddress: string | null;
  userAgent: string | null;
  createdAt: Date;
  /** Last sign of life, to the day: a session's row is touched once a day. */
  lastActiveAt: Date;
  expiresAt: Date;
};

/** A person's token for the REST API: without the token itself. */
export type AccessToken = {
  id: string;
  name: string;
  prefix: string;
  scope: TokenScope;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
};

/** Tokens look like `flp_` + 43 base64url characters (32 random bytes); stored is their lower-case hex SHA-256. */
export const accessTokenPrefix = "flp_";
