import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, reasonOf } from "./failure.ts";

/** Makes FAIRLEAD_HOME. Root leaves it passable, since PostgreSQL, whose files are below, runs as another user. */
export function ensureHome(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  } catch (error) {
    throw new Failure(`cannot make the directory ${directory} (FAIRLEAD_HOME): ${reasonOf(error)}`);
  }
}

/** A secret kept in FAIRLEAD_HOME, generated the first time. Two processes that start at once end up with the same. */
export function ensureSecret(home: string, name: string): string {
  const file = join(home, name);
  try {
    writeFileSync(file, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) {
      throw new Failure(`cannot write ${file}: ${reasonOf(error)}`);
    }
  }
  const secret = readFileSync(file, "utf8").trim();
  if (secret === "") throw new Failure(`${file} is empty: delete it to have a new one generated`);
  return secret;
}
