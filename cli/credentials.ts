import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { Failure } from "./failure.ts";

/** Where the publisher is, and the access token of who calls it. */
export type Credentials = { url: string; token: string };

/** `$XDG_CONFIG_HOME/fairlead/credentials.json`, else below `~/.config`. */
export function credentialsFile(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CONFIG_HOME || join(homedir(), ".config"), "fairlead", "credentials.json");
}

/** Keeps them for the next command, readable by nobody else. Returns the file. */
export function saveCredentials(env: NodeJS.ProcessEnv, credentials: Credentials): string {
  const file = credentialsFile(env);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  // The mode of a file that is there already is not changed by writing.
  chmodSync(file, 0o600);
  return file;
}

/** `FAIRLEAD_URL` and `FAIRLEAD_TOKEN`, each else as logged in with. @throws Failure when there are none */
export function loadCredentials(env: NodeJS.ProcessEnv): Credentials {
  const stored = readStored(credentialsFile(env));
  const url = env.FAIRLEAD_URL || stored.url;
  const token = env.FAIRLEAD_TOKEN || stored.token;
  if (url && token) return { url, token };
  throw new Failure("Not logged in. Run fairlead login --url URL, or set FAIRLEAD_URL and FAIRLEAD_TOKEN.");
}

function readStored(file: string): Partial<Credentials> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return {}; // Never logged in here.
  }
  try {
    const { url, token }: { url?: unknown; token?: unknown } = JSON.parse(text);
    return { ...(typeof url === "string" && { url }), ...(typeof token === "string" && { token }) };
  } catch {
    throw new Failure(`${file} is not JSON. Log in again.`);
  }
}
