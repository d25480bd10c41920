import { resolve } from "node:path";
import { z } from "zod";

const host = z.string().regex(/^[\w.:-]+$/, "expected a host name or an IP address");
const port = z
  .string()
  .regex(/^\d{1,5}$/, "expected a port number from 0 to 65535")
  .transform(Number)
  .refine((number) => number <= 65_535, "expected a port number from 0 to 65535");
const longEnough = z.string().min(16, "expected at least 16 characters");

const environmentSchema = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "expected a URL such as postgresql://user:password@host:5432/database"),
  FAIRLEAD_HOME: z.string().default(".fairlead"),
  FAIRLEAD_SECRET: longEnough,
  GATEWAY_HOST: host.default("127.0.0.1"),
  GATEWAY_PORT: port.default(8280),
  GATEWAY_ADMIN_HOST: host.default("127.0.0.1"),
  GATEWAY_ADMIN_PORT: port.default(9280),
  GATEWAY_ADMIN_TOKEN: longEnough,
  /** Threads that serve traffic; absent: one for each core. */
  GATEWAY_WORKERS: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, "expected a number from 1 to 999")
    .transform(Number)
    .optional(),
  /** Connections of clients that are served at a time; 20,000 if absent. */
  GATEWAY_MAX_CONNECTIONS: z
    .string()
    .regex(/^[1-9]\d{0,6}$/, "expected a number from 1 to 9999999")
    .transform(Number)
    .default(20_000),
  /** Whether ordinary requests are served on the wire; off: all of them by Node's HTTP server. */
  GATEWAY_WIRE_PATH: z.enum(["on", "off"], { error: "expected on or off" }).default("on"),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      error: "expected fatal, error, warn, info, debug, trace or silent",
    })
    .default("info"),
});

/** What the process was told. Secrets are in it: it is never logged. */
export type GatewayEnvironment = z.infer<typeof environmentSchema>;

const secretNames = new Set(["DATABASE_URL", "FAIRLEAD_SECRET", "GATEWAY_ADMIN_TOKEN"]);

/** Reads the environment, or throws an error of one line that names the variable, its value and what is accepted. */
export function readEnvironment(source: Record<string, string | undefined>): GatewayEnvironment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(given);
  if (parsed.success) return { ...parsed.data, FAIRLEAD_HOME: resolve(parsed.data.FAIRLEAD_HOME) };
  const issue = parsed.error.issues[0];
  const name = String(issue?.path[0]);
  const value = given[name];
  if (value === undefined) throw new Error(`${name} is unset: it is needed.`);
  const shown = secretNames.has(name) ? "has a value that is not accepted" : `is ${JSON.stringify(value)}`;
  throw new Error(`${name} ${shown}: ${issue?.message}.`);
}

/** What a worker thread is told of the environment: nothing but that it is watched, so that `npm run dev` sees its files. */
export function workerEnvironment(source: Record<string, string | undefined>): Record<string, string> {
  const { WATCH_REPORT_DEPENDENCIES: watched } = source;
  return watched === undefined ? {} : { WATCH_REPORT_DEPENDENCIES: watched };
}
