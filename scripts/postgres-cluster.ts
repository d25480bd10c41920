import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { endWithUs } from "./end-with-us.ts";
import { Failure, reasonOf } from "./failure.ts";
import { freePort, portProblem } from "./free-port.ts";
import { giveTo, type PostgresAccount, postgresAccount } from "./postgres-account.ts";
import { findPostgresBinaries, type PostgresBinaries } from "./postgres-binaries.ts";

export interface PostgresClusterOptions {
  /** Created when missing; its parent must exist. */
  readonly directory: string;
  readonly password: string;
  /** Kept across starts, so that a connection string somebody noted stays true. */
  readonly portFile: string;
  /** For tests: no write reaches the disk, so a crash of the machine may lose everything. */
  readonly throwaway?: boolean;
}

const host = "127.0.0.1";
const user = "fairlead";
const startAttempts = 3;
const startTimeoutMs = 60_000;
const fastShutdownMs = 20_000;

/** A running PostgreSQL 18 of our own, on the loopback address only. Owns the process: end it with `close()`. */
export class PostgresCluster {
  readonly #server: ChildProcess;
  readonly #password: string;
  readonly #port: number;
  /** Resolves when PostgreSQL has ended, asked to or not. */
  readonly ended: Promise<void>;

  private constructor(server: ChildProcess, password: string, port: number) {
    this.#server = server;
    this.#password = password;
    this.#port = port;
    this.ended = new Promise((resolve) => server.once("exit", () => resolve()));
  }

  static async start(options: PostgresClusterOptions): Promise<PostgresCluster> {
    const binaries = findPostgresBinaries();
    const account = postgresAccount(options.directory, [binaries.postgres, dirname(options.directory)]);
    if (!existsSync(join(options.directory, "PG_VERSION"))) await initialise(options, binaries, account);
    for (let attempt = 1; ; attempt++) {
      const port = await choosePort(options.portFile);
      const server = spawnServer(options, binaries, account, port);
      const problem = await untilReady(server);
      if (problem === undefined) {
        writeFileSync(options.portFile, `${port}\n`);
        return new PostgresCluster(server, options.password, port);
      }
      if (attempt === startAttempts) throw new Failure(`the embedded PostgreSQL does not start: ${problem}`);
      if (problem.includes("postmaster.pid")) await releaseLock(options);
      else if (problem.includes("could not bind")) rmSync(options.portFile, { force: true });
      else throw new Failure(`the embedded PostgreSQL does not start: ${problem}`);
    }
  }

  /** Connection string, with the password. */
  url(database: string): string {
    return connectionString(this.#port, this.#password, database);
  }

  /** Makes a database unless it exists. */
  async ensureDatabase(name: string): Promise<void> {
    const client = new Client({ connectionString: this.url("postgres") });
    await client.connect();
    try {
      const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
      if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
    } finally {
      await client.end();
    }
  }

  /** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
  async close(): Promise<void> {
    if (hasEnded(this.#server)) return;
    this.#server.kill("SIGINT");
    const patience = new AbortController();
    const late = sleep(fastShutdownMs, "late", { signal: patience.signal }).catch(() => "ended");
    if ((await Promise.race([this.ended, late])) === "late") this.#server.kill("SIGQUIT");
    patience.abort();
    await this.ended;
  }
}

/** Into a directory beside, renamed when whole: an interrupted initdb leaves nothing that looks like a cluster. */
async function initialise(options: PostgresClusterOptions, binaries: PostgresBinaries, account: PostgresAccount) {
  const unfinished = `${options.directory}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  const passwordFile = `${options.directory}.password`;
  writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600 });
  for (const path of [unfinished, passwordFile]) giveTo(account, path);
  const args = [
    ...["-D", unfinished, "-U", user, "--auth=scram-sha-256", `--pwfile=${passwordFile}`, "--encoding=UTF8"],
    // Independent of the locales this machine happens to have.
    ...["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
    ...(options.throwaway ? ["--no-sync"] : []),
  ];
  for (const binary of [binaries.initdb, binaries.postgres]) makeExecutable(binary);
  const [command = binaries.initdb, ...rest] = [...account.wrapper, binaries.initdb, ...args];
  const initdb = spawn(command, rest, {
    ...account.spawnAs,
    cwd: "/",
    env: serverEnvironment(),
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [errors, [code]] = await Promise.all([text(initdb.stderr), once(initdb, "exit")]).finally(() => {
    rmSync(passwordFile, { force: true });
  });
  if (code !== 0) throw new Failure(`initdb failed: ${errors.trim().replaceAll(/\s*\n\s*/g, "; ")}`);
  rmSync(options.directory, { recursive: true, force: true });
  renameSync(unfinished, options.directory);
}

function spawnServer(
  options: PostgresClusterOptions,
  binaries: PostgresBinaries,
  account: PostgresAccount,
  port: number,
) {
  const settings = {
    listen_addresses: host,
    port: String(port),
    // A socket file would need a directory with a short path that both users may write; nobody needs one.
    unix_socket_directories: "",
    max_connections: "100",
    shared_buffers: "64MB",
    // Parallel workers take shared memory, of which containers give 64 MB.
    max_parallel_workers_per_gather: "0",
    timezone: "UTC",
    ...(options.throwaway ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off" } : {}),
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const [command = "", ...rest] = [...account.wrapper, binaries.postgres, "-D", options.directory, ...args];
  const server = spawn(command, rest, {
    ...account.spawnAs,
    cwd: "/",
    env: serverEnvironment(),
    // A session of its own: Ctrl-C in the terminal must not end the database before those who use it.
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  endWithUs(server, "INT");
  return server;
}

/** Without our secrets; messages in English, since their wording is read. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return { NODE_ENV: "production", PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };
}

/** Resolves to undefined once connections are accepted, or to the last thing PostgreSQL said before it ended. */
async function untilReady(server: ChildProcess): Promise<string | undefined> {
  return await new Promise((resolve) => {
    let said = "";
    const timer = setTimeout(() => {
      server.kill("SIGQUIT");
      resolve(`not ready after ${startTimeoutMs / 1000} s: ${lastLine(said)}`);
    }, startTimeoutMs);
    const settle = (problem: string | undefined) => {
      clearTimeout(timer);
      resolve(problem);
    };
    server.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
      said = `${said}${chunk}`.slice(-4_000);
      if (said.includes("ready to accept connections")) settle(undefined);
    });
    server.once("error", (error) => settle(reasonOf(error)));
    server.once("exit", () => setImmediate(() => settle(lastLine(said))));
  });
}

function lastLine(said: string): string {
  const lines = said.trim().split("\n");
  return lines.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lines.at(-1) ?? "";
}

async function choosePort(portFile: string): Promise<number> {
  const noted = Number(existsSync(portFile) ? readFileSync(portFile, "utf8") : Number.NaN);
  if (Number.isInteger(noted) && noted > 0 && (await portProblem(host, noted)) === undefined) return noted;
  return await freePort();
}

/**
 * postmaster.pid of an earlier run is in the way. PostgreSQL removes it itself, unless its process number now belongs to
 * another program of the same user (usual in containers): then it is stale. A live one is somebody else's, or about to end.
 */
async function releaseLock({ directory, password }: PostgresClusterOptions): Promise<void> {
  const lockFile = join(directory, "postmaster.pid");
  for (const deadline = Date.now() + fastShutdownMs; existsSync(lockFile); await sleep(100)) {
    const [pid, , , port] = readFileSync(lockFile, "utf8").split("\n");
    if (!isPostgres(Number(pid))) {
      rmSync(lockFile, { force: true });
      return;
    }
    if (Date.now() > deadline || (await answers(Number(port), password))) {
      throw new Failure(
        `another Fairlead uses ${dirname(directory)} (PostgreSQL process ${pid}): stop it, or set FAIRLEAD_HOME to another directory`,
      );
    }
  }
}

function isPostgres(pid: number): boolean {
  const commandLine = `/proc/${pid}/cmdline`;
  if (existsSync("/proc/self"))
    return existsSync(commandLine) && readFileSync(commandLine, "utf8").includes("postgres");
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function answers(port: number, password: string): Promise<boolean> {
  const client = new Client({
    connectionString: connectionString(port, password, "postgres"),
    connectionTimeoutMillis: 2_000,
  });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

function connectionString(port: number, password: string, database: string): string {
  return `postgresql://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`;
}

function makeExecutable(file: string): void {
  try {
    chmodSync(file, 0o755);
  } catch {
    // Somebody else's files: then they were installed executable.
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
