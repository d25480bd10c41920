import { join } from "node:path";
import { localUrl, untilAnswering } from "./answering.ts";
import { ensureApplicationRole, grantToApplication } from "./application-role.ts";
import type { Environment } from "./environment.ts";
import { Failure } from "./failure.ts";
import { gatewayFlags, gatewayMemory } from "./gateway-flags.ts";
import { ensureHome, ensureSecret } from "./home-directory.ts";
import { KeptPostgres } from "./kept-postgres.ts";
import { applyMigrations } from "./migrations.ts";
import { checkPorts } from "./port-check.ts";
import { generatePrismaClient, isPrismaClientCurrent } from "./prisma-client.ts";
import { step } from "./progress.ts";
import { buildPublisher, isPublisherBuilt, nextCommand } from "./publisher-build.ts";
import { type ProcessSpec, SupervisedProcess } from "./supervised-process.ts";

/** `start` serves a production build, `dev` reloads publisher and gateway when their files change. */
export type Mode = "start" | "dev";

/** One installation on this machine: database, gateway, publisher. Whatever was started ends with `close()`. */
export class Installation {
  readonly #env: Environment;
  readonly #mode: Mode;
  readonly #stopping = new AbortController();
  readonly #processes: SupervisedProcess[] = [];
  #started: Promise<void> | undefined;
  #database: KeptPostgres | undefined;

  constructor(env: Environment, mode: Mode) {
    this.#env = env;
    this.#mode = mode;
  }

  get publisherUrl(): string {
    return localUrl(this.#env.HOST, this.#env.PORT);
  }

  get gatewayUrl(): string {
    return localUrl(this.#env.GATEWAY_HOST, this.#env.GATEWAY_PORT);
  }

  /** Resolves when publisher and gateway both answer. After a failure, `close()` still has to be called. */
  async start(): Promise<void> {
    this.#started = this.#start();
    await this.#started;
  }

  async #start(): Promise<void> {
    await checkPorts(this.#env, ["publisher", "gateway"]);
    ensureHome(this.#env.FAIRLEAD_HOME);
    if (!isPrismaClientCurrent()) await step("generating the database client", generatePrismaClient);
    this.#goOn();
    const ownerUrl = this.#env.DATABASE_URL
      ? undefined
      : await step("starting PostgreSQL", () => this.#startPostgres());
    this.#goOn();
    const { databaseUrl, applied } = await prepareDatabase(this.#env, ownerUrl);
    if (applied.length > 0) console.log(`Fairlead: migrated the database (${applied.join(", ")})`);
    this.#goOn();
    if (this.#mode === "start" && !isPublisherBuilt())
      await step("building the publisher", () => buildPublisher(this.#stopping.signal));
    this.#goOn();
    await step("starting gateway and publisher", () => this.#startProcesses(databaseUrl));
  }

  /** Drains gateway and publisher, then stops the database they need for it. */
  async close(): Promise<void> {
    this.#stopping.abort();
    // A step under way may be about to have started something.
    await this.#started?.catch(() => undefined);
    await Promise.all(this.#processes.map((process) => process.close()));
    await this.#database?.close();
  }

  /** During `close()`: no more waiting for requests in flight. */
  hasten(): void {
    for (const process of this.#processes) process.hasten();
  }

  /** Between two steps of the start: somebody may have asked to stop. */
  #goOn(): void {
    this.#stopping.signal.throwIfAborted();
  }

  async #startPostgres(): Promise<string> {
    const home = this.#env.FAIRLEAD_HOME;
    this.#database = await KeptPostgres.start({
      directory: join(home, "postgres"),
      portFile: join(home, "postgres-port"),
      password: ensureSecret(home, "postgres-password"),
    });
    return await this.#database.ensureDatabase("fairlead");
  }

  async #startProcesses(databaseUrl: string): Promise<void> {
    const env = processEnvironment(this.#env, databaseUrl, this.#mode);
    const gateway = new SupervisedProcess(gatewayProcess(env, this.#mode));
    const publisher = new SupervisedProcess(publisherProcess(this.#env, env, this.#mode));
    this.#processes.push(gateway, publisher);
    const { signal } = this.#stopping;
    const gatewayAdmin = localUrl(this.#env.GATEWAY_ADMIN_HOST, this.#env.GATEWAY_ADMIN_PORT);
    await Promise.all([
      untilAnswering("the gateway", `${gatewayAdmin}/readyz`, gateway, signal),
      untilAnswering("the publisher", `${this.publisherUrl}/`, publisher, signal),
    ]);
  }
}

/**
 * Migrates the installation's database, and answers what its processes connect with: a role that cannot change the audit
 * log, wherever there are two roles (docs/decisions/audit-log.md).
 *
 * @param ownerUrl the owner of the embedded PostgreSQL; absent: the database is the environment's
 */
export async function prepareDatabase(
  env: Environment,
  ownerUrl?: string,
): Promise<{ databaseUrl: string; applied: readonly string[] }> {
  if (ownerUrl !== undefined) {
    const applied = await applyMigrations(ownerUrl);
    const password = ensureSecret(env.FAIRLEAD_HOME, "postgres-application-password");
    const databaseUrl = await ensureApplicationRole(ownerUrl, password);
    await grantToApplication(ownerUrl);
    return { databaseUrl, applied };
  }
  const databaseUrl = requireDatabaseUrl(env);
  const applied = await applyMigrations(env.DATABASE_OWNER_URL ?? databaseUrl);
  if (env.DATABASE_OWNER_URL !== undefined) {
    await grantToApplication(env.DATABASE_OWNER_URL, decodeURIComponent(new URL(databaseUrl).username));
  }
  return { databaseUrl, applied };
}

/** What both processes of an installation are told, beside what this process was told itself. */
export function processEnvironment(env: Environment, databaseUrl: string, mode: Mode): NodeJS.ProcessEnv {
  const home = env.FAIRLEAD_HOME;
  const texts = Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return {
    ...process.env,
    ...Object.fromEntries(texts),
    NODE_ENV: mode === "start" ? "production" : "development",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: databaseUrl,
    // For the page that tells where a setting comes from.
    FAIRLEAD_GIVEN: texts
      .map(([name]) => name)
      .filter((name) => name !== undefined && process.env[name])
      .join(","),
    // The owner's password is for migrating alone.
    DATABASE_OWNER_URL: undefined,
    FAIRLEAD_SECRET: env.FAIRLEAD_SECRET ?? ensureSecret(home, "secret"),
    GATEWAY_ADMIN_TOKEN: env.GATEWAY_ADMIN_TOKEN ?? ensureSecret(home, "gateway-admin-token"),
  };
}

/** The gateway as a process. */
export function gatewayProcess(env: NodeJS.ProcessEnv, mode: Mode): ProcessSpec {
  const watch = mode === "start" ? [] : ["--watch", "--watch-preserve-output"];
  const args = [...gatewayFlags, ...watch, "gateway/main.ts"];
  return { name: "the gateway", args, env: { ...gatewayMemory, ...env } };
}

/** The publisher as a process. */
export function publisherProcess({ HOST, PORT }: Environment, env: NodeJS.ProcessEnv, mode: Mode): ProcessSpec {
  return { name: "the publisher", args: [nextCommand, mode, "-H", HOST, "-p", String(PORT)], env };
}

/** For a process alone: the database it was told of. */
export function requireDatabaseUrl(env: Environment): string {
  if (env.DATABASE_URL !== undefined) return env.DATABASE_URL;
  throw new Failure("DATABASE_URL is unset, and needed to run this process alone; npm start brings its own database");
}
