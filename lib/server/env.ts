import "server-only";
import type { BlockList } from "node:net";
import { z } from "zod";
import { emailSchema, newPasswordSchema } from "../model/account.ts";
import { parseTrustedProxies } from "./security/trusted-proxies.ts";

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((number) => number >= 1 && number <= 65_535);

const variables = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  FAIRLEAD_SECRET: z.string().min(16),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/)
    .default("127.0.0.1"),
  PORT: port.default(3000),
  GATEWAY_PORT: port.default(8280),
  GATEWAY_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  TRUSTED_PROXIES: z
    .string()
    .transform((text) => parseTrustedProxies(text))
    .refine((proxies) => proxies !== undefined)
    .optional(),
  FAIRLEAD_ADMIN_EMAIL: emailSchema.optional(),
  FAIRLEAD_ADMIN_PASSWORD: newPasswordSchema.optional(),
});

type VariableName = keyof typeof variables.shape;

/** What would be accepted, and whether the value may be repeated in a message. */
const descriptions = {
  DATABASE_URL: { accepted: "a URL such as postgresql://user:password@host:5432/database", secret: true },
  FAIRLEAD_SECRET: { accepted: "at least 16 characters, for instance from openssl rand -hex 32", secret: true },
  HOST: { accepted: "a host name or an IP address", secret: false },
  PORT: { accepted: "a port number from 1 to 65535", secret: false },
  GATEWAY_PORT: { accepted: "a port number from 1 to 65535", secret: false },
  GATEWAY_PUBLIC_URL: { accepted: "a URL that begins with http:// or https://", secret: false },
  TRUSTED_PROXIES: { accepted: "addresses or networks by commas, such as 10.0.0.7, 10.1.0.0/16", secret: false },
  FAIRLEAD_ADMIN_EMAIL: { accepted: "an e-mail address", secret: false },
  FAIRLEAD_ADMIN_PASSWORD: { accepted: "8 to 128 characters", secret: true },
} satisfies Record<VariableName, { accepted: string; secret: boolean }>;

/** What the publisher reads of its environment. */
export type PublisherEnvironment = {
  databaseUrl: string;
  secret: string;
  host: string;
  port: number;
  /** What consumers are shown as the gateway's address, without a slash at its end. */
  gatewayPublicUrl: string;
  /** Reverse proxies whose word for a client's address is taken; undefined: nobody's. */
  trustedProxies: BlockList | undefined;
  firstAdministrator: { email: string; password: string } | undefined;
};

/** Parses an environment; an Error names the variable in the way, its value, and what would be accepted. "" is unset. */
export function parsePublisherEnvironment(given: Readonly<Record<string, string | undefined>>): PublisherEnvironment {
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
  const parsed = variables.safeParse(present);
  if (!parsed.success) throw new Error(explain(parsed.error, present));
  const values = parsed.data;
  const { FAIRLEAD_ADMIN_EMAIL: email, FAIRLEAD_ADMIN_PASSWORD: password } = values;
  if ((email === undefined) !== (password === undefined)) {
    throw new Error("FAIRLEAD_ADMIN_EMAIL and FAIRLEAD_ADMIN_PASSWORD go together: set both or neither");
  }
  const gatewayUrl = values.GATEWAY_PUBLIC_URL ?? `http://localhost:${values.GATEWAY_PORT}`;
  return {
    databaseUrl: values.DATABASE_URL,
    secret: values.FAIRLEAD_SECRET,
    host: values.HOST,
    port: values.PORT,
    gatewayPublicUrl: gatewayUrl.replace(/\/+$/, ""),
    trustedProxies: values.TRUSTED_PROXIES,
    firstAdministrator: email !== undefined && password !== undefined ? { email, password } : undefined,
  };
}

function explain(error: z.ZodError, given: Readonly<Record<string, string | undefined>>): string {
  const name = variables.keyof().parse(error.issues[0]?.path[0]);
  const { accepted, secret } = descriptions[name];
  const value = given[name];
  if (value === undefined) return `${name} is unset; it must be ${accepted}`;
  const shown = secret ? "has a value (not repeated here) that is not accepted" : `is ${JSON.stringify(value)}`;
  return `${name} ${shown}; it must be ${accepted}`;
}

let parsedEnvironment: PublisherEnvironment | undefined;

/** The environment of this process, parsed at the first use: a build has none. */
export function publisherEnvironment(): PublisherEnvironment {
  parsedEnvironment ??= parsePublisherEnvironment(process.env);
  return parsedEnvironment;
}
