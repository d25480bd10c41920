// npm run secret:rotate
//
// Puts everything that is stored under FAIRLEAD_SECRET under another one. Stop publisher and gateways first, and start
// them with the new secret afterwards. With a database of its own (npm start) the new secret is made and kept by itself;
// with DATABASE_URL both are told: FAIRLEAD_OLD_SECRET and FAIRLEAD_SECRET.

import { randomBytes } from "node:crypto";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "pg";
import { runCommand } from "./command.ts";
import { connectTo } from "./database-connection.ts";
import { type Environment, parseEnvironment } from "./environment.ts";
import { Failure } from "./failure.ts";
import { ensureHome, ensureSecret } from "./home-directory.ts";
import { checkPorts } from "./port-check.ts";
import { PostgresCluster } from "./postgres-cluster.ts";
import { resealSecrets } from "./reseal-secrets.ts";

await runCommand(async () => {
  const env = parseEnvironment(process.env);
  const { DATABASE_URL: url } = env;
  const { resealed, unreadable } = await (url === undefined ? rotateOwn(env) : rotateGiven(env, url));
  console.log(`Fairlead: ${resealed} secrets are under the new FAIRLEAD_SECRET now.`);
  if (unreadable > 0) console.log(`Fairlead: ${unreadable} were under neither secret, and stay as they are.`);
  console.log("Fairlead: everybody has to sign in again, and try-out keys have ended.");
  return 0;
});

async function rotateGiven(env: Environment, url: string) {
  const given = process.env.FAIRLEAD_OLD_SECRET ?? "";
  if (given === "" || env.FAIRLEAD_SECRET === undefined) {
    throw new Failure("set FAIRLEAD_OLD_SECRET to the present secret, and FAIRLEAD_SECRET to the new one");
  }
  const secrets = { old: given, new: env.FAIRLEAD_SECRET };
  return withClient(env.DATABASE_OWNER_URL ?? url, (client) => resealSecrets(client, secrets));
}

/** The embedded database runs for this alone; the new secret is kept once everything is under it. */
async function rotateOwn(env: Environment) {
  const home = env.FAIRLEAD_HOME;
  await checkPorts(env, ["publisher", "gateway"]);
  ensureHome(home);
  const old = process.env.FAIRLEAD_OLD_SECRET ?? ensureSecret(home, "secret");
  const next = env.FAIRLEAD_SECRET ?? randomBytes(32).toString("hex");
  const cluster = await PostgresCluster.start({
    directory: join(home, "postgres"),
    portFile: join(home, "postgres-port"),
    password: ensureSecret(home, "postgres-password"),
  });
  try {
    await cluster.ensureDatabase("fairlead");
    const file = join(home, "secret");
    // Written beside it first: whatever happens after the commit, the new secret is somewhere.
    writeFileSync(`${file}.new`, `${next}\n`, { mode: 0o600 });
    const done = await withClient(cluster.url("fairlead"), (client) => resealSecrets(client, { old, new: next }));
    renameSync(`${file}.new`, file);
    return done;
  } finally {
    await cluster.close();
  }
}

async function withClient<Value>(url: string, work: (client: Client) => Promise<Value>): Promise<Value> {
  const client = await connectTo(url);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
