import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium, type LaunchOptions } from "playwright";
import { Failure } from "../failure.ts";
import { rootDirectory } from "../root-directory.ts";

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/chromium-browser",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

// A browser for tests speaks to the publisher alone: no updates, no services of its maker, no HTTP over UDP.
const flags = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How Playwright is to start the Chromium of this machine. */
export function chromiumLaunchOptions(): LaunchOptions {
  const executablePath = findChromium();
  if (executablePath !== undefined) return { executablePath, args: flags, headless: true, chromiumSandbox: false };
  throw new Failure("no Chromium found: install one, or set CHROMIUM_PATH to it");
}

/** Installs a Chromium unless there is one: Debian's when root, else Playwright's. */
export function ensureChromium(): void {
  if (findChromium() !== undefined) return;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    run("apt-get", ["update"]);
    run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"]);
  }
  if (findChromium() === undefined) run("npx", ["playwright", "install", "chromium"]);
  chromiumLaunchOptions();
}

function findChromium(): string | undefined {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen !== undefined && chosen !== "") {
    if (existsSync(chosen)) return chosen;
    throw new Failure(
      `CHROMIUM_PATH is ${JSON.stringify(chosen)}, where there is nothing; it must be a Chromium or Chrome`,
    );
  }
  return [...usualPlaces, chromium.executablePath()].find((path) => existsSync(path));
}

function run(command: string, args: readonly string[]): void {
  const env: NodeJS.ProcessEnv = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync(command, args, { cwd: rootDirectory, env, stdio: ["ignore", "inherit", "inherit"] });
}
