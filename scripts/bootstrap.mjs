// The first step of every npm script. Runs on whatever Node 20+ is there, with no package installed yet: installs what
// is missing, then hands over to the Node that the packages bring, so that everything else can rely on one version.

import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const modules = join(root, "node_modules");
const binaries = join(modules, ".bin");
const node = join(binaries, process.platform === "win32" ? "node.exe" : "node");
const stamp = join(modules, ".fairlead-lock");

function fail(message) {
  console.error(`Fairlead: ${message}`);
  process.exit(1);
}

/** What npm itself recorded in node_modules agrees with package-lock.json: somebody ran npm install or npm ci by hand. */
function isInstalled(lockText) {
  const record = join(modules, ".package-lock.json");
  if (!existsSync(record) || !existsSync(node)) return false;
  const installed = JSON.parse(readFileSync(record, "utf8")).packages;
  return Object.entries(JSON.parse(lockText).packages).every(
    ([path, wanted]) =>
      path === "" || wanted.optional || wanted.extraneous || installed[path]?.version === wanted.version,
  );
}

function installPackages() {
  const lockText = readFileSync(join(root, "package-lock.json"), "utf8");
  const lock = createHash("sha256").update(lockText).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock && existsSync(node)) return;
  if (isInstalled(lockText)) {
    writeFileSync(stamp, lock);
    return;
  }
  console.error("Fairlead: installing packages (npm ci), about a minute …");
  // npm gives its scripts its own path; through it no shell and no second npm is needed.
  const cli = process.env.npm_execpath;
  const [command, prefix] = cli?.endsWith(".js") ? [process.execPath, [cli]] : ["npm", []];
  const done = spawnSync(command, [...prefix, "ci", "--include=dev", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: "inherit",
  });
  if (done.signal) process.exit(128 + constants.signals[done.signal]);
  if (done.status !== 0) {
    fail(
      `npm ci failed${done.error ? ` (${done.error.message})` : ""}; its messages are above. Is the npm registry reachable?`,
    );
  }
  if (!existsSync(node)) {
    fail(
      "npm ci left no node_modules/.bin/node: npm was told to skip install scripts (ignore-scripts) or optional packages.",
    );
  }
  writeFileSync(stamp, lock);
}

function run(name, args) {
  const child = spawn(node, ["--disable-warning=ExperimentalWarning", join(root, "scripts", `${name}.ts`), ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PATH: [binaries, process.env.PATH].join(delimiter) },
  });
  child.on("error", (error) => fail(`cannot run ${node}: ${error.message}`));
  // Stay until the child has stopped in order, and report how it ended.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  // Orphaned (npm was killed): nobody could end the child any more.
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || child.kill("SIGTERM"), 500).unref();
  child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

const [name, ...args] = process.argv.slice(2);
if (!/^[a-z-]+$/.test(name ?? "") || !existsSync(join(root, "scripts", `${name}.ts`))) fail(`no such command: ${name}`);
installPackages();
run(name, args);
