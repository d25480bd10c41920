import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { contentHash, isStampCurrent, writeStamp } from "./content-stamp.ts";
import { Failure } from "./failure.ts";
import { rootDirectory } from "./root-directory.ts";

const generatedDirectory = join(rootDirectory, "lib/db/generated");
const stampFile = join(generatedDirectory, ".stamp");

/** Whether lib/db/generated was made from the schema and the Prisma version of this checkout. */
export function isPrismaClientCurrent(): boolean {
  return existsSync(join(generatedDirectory, "client.ts")) && isStampCurrent(stampFile, inputsHash());
}

/** Generates the typed database client (about 2 s). */
export async function generatePrismaClient(): Promise<void> {
  // The CLI insists on a schema engine and would download one, although generating never runs it: any file satisfies it.
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  };
  const cli = join(rootDirectory, "node_modules/prisma/build/index.js");
  const child = spawn(process.execPath, [cli, "generate"], {
    cwd: rootDirectory,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  if (code !== 0) throw new Failure(`prisma generate failed: ${errors.trim() || output.trim()}`);
  writeStamp(stampFile, inputsHash());
}

function inputsHash(): string {
  return contentHash(rootDirectory, ["prisma/schema.prisma", "node_modules/prisma/package.json"]);
}
