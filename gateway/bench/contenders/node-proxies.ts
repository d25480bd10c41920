import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { freePort } from "../../testing/gateway-process.ts";
import { callOf } from "../ground.ts";
import { BenchProcess } from "../processes.ts";
import type { Contender } from "./contender.ts";

const folder = join(import.meta.dirname, "../node-proxies");
const ours = join(import.meta.dirname, "../../..");
const packageSchema = z.object({ version: z.string() });
const installMs = 120_000;

/** Proxies of the npm registry, which are given less to do: one path, no keys, no access log. */
export const nodeProxies: readonly Contender[] = [
  nodeProxy(
    "fastify-http-proxy",
    "@fastify/http-proxy",
    "fastify.mjs",
    join(folder, "node_modules/@fastify/http-proxy"),
  ),
  nodeProxy("http-proxy", "http-proxy-3", "http-proxy.mjs", join(ours, "node_modules/http-proxy")),
  nodeProxy(
    "http-proxy-middleware",
    "express, http-proxy-middleware",
    "express.mjs",
    join(folder, "node_modules/http-proxy-middleware"),
  ),
];

/** Installs those that are not this project's own, once; whether that failed shows in their versions. */
export async function installNodeProxies(progress: (line: string) => void): Promise<void> {
  if (existsSync(join(folder, "node_modules/.package-lock.json"))) return;
  progress("installing the other Node proxies (npm ci)");
  await promisify(execFile)("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder, timeout: installMs }).catch(
    () => undefined,
  );
}

function nodeProxy(id: string, title: string, script: string, installed: string): Contender {
  return {
    id,
    title,
    install: "npm ci --prefix gateway/bench/node-proxies",
    version: async () => {
      const file = join(installed, "package.json");
      return existsSync(file) ? packageSchema.parse(JSON.parse(readFileSync(file, "utf8"))).version : undefined;
    },
    start: async ({ directory, backends }, { cores }) => {
      const port = await freePort();
      const { path } = callOf("plain");
      const process = new BenchProcess({
        command: globalThis.process.execPath,
        args: [join(folder, script), JSON.stringify({ port, path, members: backends.steady })],
        cores,
        logPath: join(directory, id, "output.log"),
      });
      await process.listening(port);
      return { port, pid: process.pid, stop: () => process.stop() };
    },
  };
}
