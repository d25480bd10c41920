import { type SpawnOptions, spawnSync } from "node:child_process";
import { chownSync, statSync } from "node:fs";
import { Failure } from "./failure.ts";

/** How to start a PostgreSQL program: as which user, and through which wrapper. */
export interface PostgresAccount {
  readonly spawnAs: Pick<SpawnOptions, "uid" | "gid">;
  /** Put before the command and its arguments. */
  readonly wrapper: readonly string[];
}

/**
 * PostgreSQL refuses to run as root. Root starts it as the owner of an existing data directory, else as the user
 * `postgres` (made when missing), and keeps the right to pass closed directories such as /root where `setpriv` can.
 */
export function postgresAccount(dataDirectory: string, mustReach: readonly string[]): PostgresAccount {
  if (process.getuid?.() !== 0) return { spawnAs: {}, wrapper: [] };
  const owner = statSync(dataDirectory, { throwIfNoEntry: false });
  const { uid, gid } = owner !== undefined && owner.uid !== 0 ? owner : postgresUser();
  const plain: PostgresAccount = { spawnAs: { uid, gid }, wrapper: [] };
  if (canReach(plain, mustReach)) return plain;
  const identity = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
  const capability = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"];
  const passing: PostgresAccount = {
    spawnAs: {},
    // access(2), with which PostgreSQL looks for its parts, honours the capability only with no_setuid_fixup.
    wrapper: ["setpriv", ...identity, "--securebits=+no_setuid_fixup", ...capability],
  };
  if (canReach(passing, mustReach)) return passing;
  throw new Failure(
    `PostgreSQL cannot run as root, and the user it runs as (uid ${uid}) cannot enter ${mustReach.join(" or ")}: ` +
      "run Fairlead as another user, move it to a directory everybody may enter, or set DATABASE_URL",
  );
}

/** Gives a path to the account, when the process is root. */
export function giveTo(account: PostgresAccount, path: string): void {
  const uid = account.spawnAs.uid ?? numberAfter(account.wrapper, "--reuid=");
  const gid = account.spawnAs.gid ?? numberAfter(account.wrapper, "--regid=");
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}

function numberAfter(options: readonly string[], prefix: string): number | undefined {
  const option = options.find((text) => text.startsWith(prefix));
  return option === undefined ? undefined : Number(option.slice(prefix.length));
}

function canReach({ wrapper, spawnAs }: PostgresAccount, paths: readonly string[]): boolean {
  const script = 'for path do test -x "$path" || exit 1; done';
  const [command = "sh", ...args] = [...wrapper, "sh", "-c", script, "sh", ...paths];
  return spawnSync(command, args, { ...spawnAs, cwd: "/", stdio: "ignore" }).status === 0;
}

function postgresUser(): { uid: number; gid: number } {
  const existing = lookUpUser();
  if (existing !== undefined) return existing;
  spawnSync("groupadd", ["--system", "postgres"], { stdio: "ignore" });
  spawnSync("useradd", ["--system", "--gid", "postgres", "--no-create-home", "postgres"], { stdio: "ignore" });
  const created = lookUpUser();
  if (created !== undefined) return created;
  throw new Failure(
    "PostgreSQL cannot run as root, and no user postgres could be made: run as another user or set DATABASE_URL",
  );
}

function lookUpUser(): { uid: number; gid: number } | undefined {
  const [uid, gid] = ["-u", "-g"].map((flag) => spawnSync("id", [flag, "postgres"], { encoding: "utf8" }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}
