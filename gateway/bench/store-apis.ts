import { createHash, randomUUID } from "node:crypto";
import { type Database, openDatabase } from "../../lib/db/client.ts";
import { jsonColumn } from "../../lib/db/json-column.ts";
import { nextRevision, notifyConfigChanged } from "../../lib/db/notify.ts";
import { endpointConfigSchema } from "../../lib/model/endpoint-config.ts";
import { type BenchApi, type Ground, loadedContexts, portsOf } from "./ground.ts";

type StoredApi = BenchApi & { id: string };

const ownerId = "bench";
/** A limit that is counted and never reached. */
const tier = { name: "Bench", requests: 1_000_000_000, windowSeconds: 60 };
/** Rows stored at once: a statement takes so many parameters and no more. */
const batchSize = 1_000;

/** Stores APIs as saves would have left them. `again` is one more save of the API under load, with another timeout. */
export async function storeApis(
  databaseUrl: string,
  ground: Ground,
  apis: readonly BenchApi[],
): Promise<{ again: () => Promise<void>; close: () => Promise<void> }> {
  const db = openDatabase(databaseUrl, 2);
  await db.user.create({ data: { id: ownerId, name: "Bench", email: "bench@example.com" } });
  await db.rateTier.create({ data: tier });
  await db.configRevision.update({ where: { id: 1 }, data: { revision: 1 } });
  const rows = apis.map((api) => ({ ...api, id: randomUUID() }));
  for (let start = 0; start < rows.length; start += batchSize) {
    await storeBatch(db, ground, rows.slice(start, start + batchSize));
  }
  const plain = rows.find(({ context }) => context === loadedContexts.plain);
  let saves = 0;
  const again = async () => {
    if (!plain) return;
    saves += 1;
    await db.$transaction(async (tx) => {
      const revision = await nextRevision(tx);
      const endpointConfig = configOf(plain, ground, saves);
      await tx.api.update({ where: { id: plain.id }, data: { revision, changeRevision: revision, endpointConfig } });
      await notifyConfigChanged(tx, revision);
    });
  };
  return { again, close: () => db.$disconnect() };
}

async function storeBatch(db: Database, ground: Ground, rows: readonly StoredApi[]): Promise<void> {
  await db.api.createMany({
    data: rows.map((api) => ({
      id: api.id,
      name: `Bench${api.context.slice(1)}`,
      version: "1.0.0",
      displayName: "Bench",
      context: api.context,
      path: `${api.context}/1.0.0`,
      lifecycleState: "PUBLISHED",
      endpointConfig: configOf(api, ground, 0),
      endpointType: "load-balance",
      runtime: jsonColumn(runtimeOf(api, ground)),
      operations: jsonColumn(operationsOf(api)),
      ownerId,
      revision: 1,
      changeRevision: 1,
    })),
  });
  await db.apiKey.createMany({
    data: rows.map(({ id, key, limits }) => ({
      apiId: id,
      name: "bench",
      keyType: "production",
      hash: createHash("sha256").update(key).digest("hex"),
      prefix: key.slice(0, 8),
      createdBy: "Bench",
      rateTier: limits === 3 ? tier.name : null,
    })),
  });
}

/** A limit for the API, or tokens beside keys. */
function runtimeOf({ limits, takesTokens }: BenchApi, { issuer }: Ground) {
  return { ...(limits > 0 && { rateTier: tier.name }), ...(takesTokens && { jwt: issuer.settings }) };
}

function operationsOf({ limits }: BenchApi) {
  return limits === 3 ? [{ method: "GET", path: "/*", secured: true, rateTier: tier.name, summary: "" }] : [];
}

/** Round robin over three members with failover. A member that breaks a connection now and then is not suspended for it. */
function configOf(api: BenchApi, ground: Ground, saves: number) {
  const settings = { ...(api.isFailing && { suspendInitialDurationMs: 0 }), responseTimeoutMs: 20_000 + (saves % 100) };
  const config = endpointConfigSchema.parse({
    kind: "load-balance",
    protocol: "rest",
    algorithm: "round-robin",
    session: { kind: api.hasSession ? "transport" : "none" },
    failover: true,
    production: portsOf(api, ground).map((port, index) => ({
      id: `member-${index}`,
      url: `http://127.0.0.1:${port}/`,
      settings,
    })),
  });
  return jsonColumn(config);
}
