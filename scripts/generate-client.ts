// npm run db:generate: makes lib/db/generated from prisma/schema.prisma, without any download.

import { runCommand } from "./command.ts";
import { generatePrismaClient } from "./prisma-client.ts";

await runCommand(async () => {
  await generatePrismaClient();
  console.log("Generated lib/db/generated.");
  return 0;
});
