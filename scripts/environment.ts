import { resolve } from "node:path";
import { z } from "zod";
import { Failure } from "./failure.ts";
import { rootDirectory } from "./root-directory.ts";

const host = z.string().regex(/^[\w.:-]+$/);
const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((number) => number >= 1 && number <= 65_535);
const httpUrl = z.url({ protocol: /^https?$/ });

/** Every variable of the installation, as the README lists them. */
const variables = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  FAIRLEAD_HOME: z.string().default(".fairlead"),
  HOST: host.default("127.0.0.1"),
  PORT: port.default(3000),
  GATEWAY_HOST: host.default("127.0.0.1"),
  GATEWAY_PORT: port.default(8280),
  GATEWAY_ADMIN_HOST: host.default("127.0.0.1"),
  GATEWAY_ADMIN_PORT: port.default(9280),
  // It travels in a header.
  GATEWAY_ADMIN_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/)
    .optional(),
  GATEWAY_PUBLIC_URL: httpUrl.optional(),
  GATEWAY_WORKERS: z
    .string()
    .regex(/^[1-9]\d{0,2}$/)
    .transform(Number)
    .optional(),
  GATEWAY_MAX_CONNECTIONS: z
    .string()
    .regex(/^[1-9]\d{0,6}$/)
    .transform(Number)
    .default(20_000),
  GATEWAY_WIRE_PATH: z.enum(["on", "off"]).default("on"),
  // The publisher reads it more closely.
  TRUSTED_PROXIES: z.string().optional(),
  FAIRLEAD_ADMIN_EMAIL: z.email().optional(),
  FAIRLEAD_ADMIN_PASSWORD: z.string().min(8).max(128).optional(),
  FAIRLEAD_SECRET: z.string().min(16).optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

type VariableName = keyof typeof variables.shape;

const aHost = "a host name or an IP address";
const aPort = "a port number from 1 to 65535";

/** What would be accepted, for the message; `secret` values are never repeated in it. */
const descriptions = {
  DATABASE_URL: { accepted: "a URL such as postgresql://user:password@host:5432/database", secret: true },
  DATABASE_OWNER_URL: { accepted: "a URL such as postgresql://owner:password@host:5432/database", secret: true },
  FAIRLEAD_HOME: { accepted: "a directory" },
  HOST: { accepted: aHost },
  PORT: { accepted: aPort },
  GATEWAY_HOST: { accepted: aHost },
  GATEWAY_PORT: { accepted: aPort },
  GATEWAY_ADMIN_HOST: { accepted: aHost },
  GATEWAY_ADMIN_PORT: { accepted: aPort },
  GATEWAY_ADMIN_TOKEN: { accepted: "at least 16 visible ASCII characters without spaces", secret: true },
  GATEWAY_PUBLIC_URL: { accepted: "a URL that begins with http:// or https://" },
  GATEWAY_WORKERS: { accepted: "a number from 1 to 999" },
  GATEWAY_MAX_CONNECTIONS: { accepted: "a number from 1 to 9999999" },
  GATEWAY_WIRE_PATH: { accepted: "on or off" },
  TRUSTED_PROXIES: { accepted: "addresses or networks by commas, such as 10.0.0.7, 10.1.0.0/16" },
  FAIRLEAD_ADMIN_EMAIL: { accepted: "an email address" },
  FAIRLEAD_ADMIN_PASSWORD: { accepted: "8 to 128 characters", secret: true },
  FAIRLEAD_SECRET: { accepted: "at least 16 characters, for instance from openssl rand -hex 32", secret: true },
  LOG_LEVEL: { accepted: "fatal, error, warn, info, debug, trace or silent" },
} satisfies Record<VariableName, { accepted: string; secret?: boolean }>;

/** The environment, parsed. Paths are absolute, the gateway's public URL is known. */
export type Environment = Omit<z.infer<typeof variables>, "GATEWAY_PUBLIC_URL"> & { GATEWAY_PUBLIC_URL: string };

/** Parses the environment or throws a {@link Failure} that names the first variable in the way. An empty value counts as unset. */
export function parseEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = variables.safeParse(given);
  if (!parsed.success) throw new Failure(explain(parsed.error, given));
  const values = parsed.data;
  refuseContradictions(values);
  return {
    ...values,
    FAIRLEAD_HOME: resolve(rootDirectory, values.FAIRLEAD_HOME),
    GATEWAY_PUBLIC_URL: values.GATEWAY_PUBLIC_URL ?? `http://localhost:${values.GATEWAY_PORT}`,
  };
}

function explain(error: z.ZodError, given: Readonly<Record<string, string | undefined>>): string {
  const name = variables.keyof().parse(error.issues[0]?.path[0]);
  const { accepted, secret }: { accepted: string; secret?: boolean } = descriptions[name];
  const value = secret ? "has a value (not repeated here) that is not accepted" : `is ${JSON.stringify(given[name])}`;
  return `${name} ${value}; it must be ${accepted}`;
}

function refuseContradictions(values: z.infer<typeof variables>): void {
  if (values.DATABASE_URL !== undefined && values.FAIRLEAD_SECRET === undefined) {
    const { accepted } = descriptions.FAIRLEAD_SECRET;
    throw new Failure(
      `FAIRLEAD_SECRET is unset, and needed with DATABASE_URL: every process of one installation has the same; it must be ${accepted}`,
    );
  }
  for (const [present, missing] of [
    ["FAIRLEAD_ADMIN_EMAIL", "FAIRLEAD_ADMIN_PASSWORD"],
    ["FAIRLEAD_ADMIN_PASSWORD", "FAIRLEAD_ADMIN_EMAIL"],
  ] as const) {
    if (values[present] === undefined || values[missing] !== undefined) continue;
    throw new Failure(`${missing} is unset, although ${present} is set; it must be ${descriptions[missing].accepted}`);
  }
  if (values.DATABASE_OWNER_URL !== undefined && values.DATABASE_URL === undefined) {
    const { accepted } = descriptions.DATABASE_URL;
    throw new Failure(`DATABASE_URL is unset, although DATABASE_OWNER_URL is set; it must be ${accepted}`);
  }
  const ports = ["PORT", "GATEWAY_PORT", "GATEWAY_ADMIN_PORT"] as const;
  for (const [index, name] of ports.entries()) {
    const other = ports.slice(0, index).find((earlier) => values[earlier] === values[name]);
    if (other !== undefined)
      throw new Failure(`${name} is ${values[name]}, which is also ${other}; it must be another port`);
  }
}
