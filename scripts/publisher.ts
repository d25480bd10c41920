// npm run publisher: the publisher alone, against DATABASE_URL, as a container would run it. It migrates the database.

import { runCommand } from "./command.ts";
import { parseEnvironment } from "./environment.ts";
import { ensureHome } from "./home-directory.ts";
import { prepareDatabase, processEnvironment, publisherProcess, requireDatabaseUrl } from "./installation.ts";
import { checkPorts } from "./port-check.ts";
import { generatePrismaClient, isPrismaClientCurrent } from "./prisma-client.ts";
import { step } from "./progress.ts";
import { buildPublisher, isPublisherBuilt } from "./publisher-build.ts";
import { runInForeground } from "./run-in-foreground.ts";

await runCommand(async () => {
  const env = parseEnvironment(process.env);
  requireDatabaseUrl(env);
  await checkPorts(env, ["publisher"]);
  ensureHome(env.FAIRLEAD_HOME);
  if (!isPrismaClientCurrent()) await generatePrismaClient();
  const { databaseUrl } = await prepareDatabase(env);
  if (!isPublisherBuilt()) await step("building the publisher", () => buildPublisher());
  return await runInForeground(publisherProcess(env, processEnvironment(env, databaseUrl, "start"), "start"));
});
