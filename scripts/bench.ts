// npm run bench: what a request costs here, beside other proxies on the same machine in the same run.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Installation } from "../gateway/bench/installation.ts";
import { runBench } from "../gateway/bench/run-bench.ts";
import { runCommand } from "./command.ts";
import { connectTo } from "./database-connection.ts";
import { Failure, reasonOf } from "./failure.ts";
import { gatewayProcess } from "./installation.ts";
import { applyMigrations } from "./migrations.ts";
import { generatePrismaClient, isPrismaClientCurrent } from "./prisma-client.ts";
import { rootDirectory } from "./root-directory.ts";
import { startTemporaryCluster } from "./temporary-cluster.ts";

const packageSchema = z.object({ version: z.string() });

await runCommand(async () => {
  if (!isPrismaClientCurrent()) await generatePrismaClient();
  await runBench(process.argv.slice(2), openInstallation).catch((error) => {
    throw new Failure(reasonOf(error));
  });
  return 0;
});

/** A PostgreSQL of the run's own, and gateways as an installation starts them. */
async function openInstallation(): Promise<Installation> {
  const cluster = await startTemporaryCluster();
  const { version } = packageSchema.parse(JSON.parse(readFileSync(join(rootDirectory, "package.json"), "utf8")));
  return {
    version,
    createDatabase: async (name) => {
      const client = await connectTo(cluster.url("postgres"));
      await client.query(`CREATE DATABASE ${name}`).finally(() => client.end());
      await applyMigrations(cluster.url(name));
      return cluster.url(name);
    },
    gatewayProcess: (env) => {
      const { args, env: told } = gatewayProcess({ ...env, NODE_ENV: "production" }, "start");
      const texts = Object.entries(told).flatMap(([key, value]) =>
        value === undefined ? [] : [[key, value] as const],
      );
      return { args, env: Object.fromEntries(texts) };
    },
    close: () => cluster.close(),
  };
}
