import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Ground } from "../ground.ts";
import type { Cores } from "../processes.ts";

/** How a contender is to run in one lane. */
export type ContenderSettings = {
  cores: Cores;
  /** How many APIs it knows. */
  apis: number;
  /** Threads or processes that serve, where that can be set. */
  workers: number;
};

export type RunningContender = {
  port: number;
  /** Root of the processes whose processor time counts. */
  pid: number;
  /** Reloads the API under load with a changed document; absent where that is not part of the comparison. */
  reload?: () => Promise<void>;
  stop: () => Promise<void>;
};

export type Contender = {
  /** As the command line calls it. */
  id: string;
  title: string;
  /** The command that installs it. */
  install: string;
  /** Which one is installed; undefined: none. */
  version: () => Promise<string | undefined>;
  start: (ground: Ground, settings: ContenderSettings) => Promise<RunningContender>;
  /** Fields that make it serve a connection in another way than it would. */
  headers?: Record<string, string>;
};

/** What a program says when it is asked for its version, as far as `pattern` finds it; undefined: it is not installed. */
export async function versionOf(command: string, args: string[], pattern: RegExp): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await promisify(execFile)(command, args, { timeout: 10_000 });
    return pattern.exec(stdout + stderr)?.[1];
  } catch {
    return undefined;
  }
}
