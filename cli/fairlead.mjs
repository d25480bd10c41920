#!/usr/bin/env node
// Runs the command line on whatever Node there is: one that reads TypeScript goes on itself, an older one hands over to
// the Node that the packages bring.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

const main = new URL("./main.ts", import.meta.url);
const packaged = fileURLToPath(
  new URL(`../node_modules/.bin/node${process.platform === "win32" ? ".exe" : ""}`, import.meta.url),
);

if (!existsSync(packaged)) {
  console.error("fairlead: the packages are not installed here. Run npm ci first.");
  process.exit(1);
}
if (process.features.typescript) await import(main.href);
else {
  const args = ["--disable-warning=ExperimentalWarning", fileURLToPath(main), ...process.argv.slice(2)];
  const child = spawn(packaged, args, { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}
