import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { contentHash, isStampCurrent, writeStamp } from "./content-stamp.ts";
import { endWithUs } from "./end-with-us.ts";
import { Failure } from "./failure.ts";
import { rootDirectory } from "./root-directory.ts";

/** Next.js' command line, to be run by this Node. */
export const nextCommand = join(rootDirectory, "node_modules/next/dist/bin/next");

// Everything that `next build` reads and people edit.
const inputs = [
  ...[
    "app",
    "components",
    "lib",
    "prisma/schema.prisma",
    "public",
    "proxy.ts",
    "instrumentation.ts",
    "instrumentation-client.ts",
  ],
  ...["next.config.ts", "tsconfig.json", "package-lock.json"],
];
const stampFile = join(rootDirectory, ".next/fairlead-build");

/** Whether `.next` was built from what is in the checkout now. */
export function isPublisherBuilt(): boolean {
  return (
    existsSync(join(rootDirectory, ".next/BUILD_ID")) && isStampCurrent(stampFile, contentHash(rootDirectory, inputs))
  );
}

/** Builds the publisher for production (half a minute or so). */
export async function buildPublisher(signal?: AbortSignal): Promise<void> {
  // Hashed before: an edit during the build makes the next start build again.
  const hash = contentHash(rootDirectory, inputs);
  const child = spawn(process.execPath, [nextCommand, "build"], {
    cwd: rootDirectory,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  endWithUs(child, "TERM");
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => output.push(chunk));
  }
  const [code] = await once(child, "close");
  if (code !== 0) throw new Failure(`next build failed:\n${output.join("").trim()}`);
  writeStamp(stampFile, hash);
}
