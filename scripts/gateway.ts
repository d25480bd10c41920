// npm run gateway: the gateway alone, against DATABASE_URL, as a container would run it. It may start before the database
// is there or migrated: then it serves its last known configuration, and is ready once it has one.

import { runCommand } from "./command.ts";
import { parseEnvironment } from "./environment.ts";
import { ensureHome } from "./home-directory.ts";
import { gatewayProcess, processEnvironment, requireDatabaseUrl } from "./installation.ts";
import { checkPorts } from "./port-check.ts";
import { generatePrismaClient, isPrismaClientCurrent } from "./prisma-client.ts";
import { runInForeground } from "./run-in-foreground.ts";

await runCommand(async () => {
  const env = parseEnvironment(process.env);
  const databaseUrl = requireDatabaseUrl(env);
  await checkPorts(env, ["gateway"]);
  ensureHome(env.FAIRLEAD_HOME);
  if (!isPrismaClientCurrent()) await generatePrismaClient();
  return await runInForeground(gatewayProcess(processEnvironment(env, databaseUrl, "start"), "start"));
});
