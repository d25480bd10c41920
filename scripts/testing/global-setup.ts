import { generatePrismaClient, isPrismaClientCurrent } from "../prisma-client.ts";
import { startTemporaryCluster } from "../temporary-cluster.ts";
import { createTemplateDatabase } from "./database.ts";

/**
 * Once per run of vitest: the database client, and a real PostgreSQL with the template for test databases. A server named
 * by TEST_DATABASE_URL is taken instead of starting one.
 */
export default async function setUpTests(): Promise<() => Promise<void>> {
  if (!isPrismaClientCurrent()) await generatePrismaClient();
  if (process.env.TEST_DATABASE_URL !== undefined) {
    await createTemplateDatabase(process.env.TEST_DATABASE_URL);
    return async () => undefined;
  }
  const cluster = await startTemporaryCluster();
  const serverUrl = cluster.url("postgres");
  await createTemplateDatabase(serverUrl);
  process.env.TEST_DATABASE_URL = serverUrl;
  return async () => {
    delete process.env.TEST_DATABASE_URL;
    await cluster.close();
  };
}
