import { compileApi } from "../model/compile-api.ts";
import type { LifecycleState } from "../model/lifecycle.ts";
import type { RefusedApi, Snapshot, SnapshotApi, SnapshotChanges } from "../model/snapshot.ts";
import type { Database, Transaction } from "./client.ts";

const routedStates: LifecycleState[] = ["PUBLISHED", "DEPRECATED", "BLOCKED"];

const snapshotColumns = {
  id: true,
  name: true,
  version: true,
  context: true,
  isDefault: true,
  lifecycleState: true,
  apiKeyRequired: true,
  runtime: true,
  endpointConfig: true,
  revision: true,
  apiKeys: { select: { id: true, hash: true, keyType: true, expiresAt: true } },
  switches: { select: { keyType: true, endpointId: true, position: true } },
  isGuarded: true,
} as const;

type SnapshotRow = {
  id: string;
  name: string;
  version: string;
  context: string;
  isDefault: boolean;
  lifecycleState: string;
  apiKeyRequired: boolean;
  runtime: unknown;
  endpointConfig: unknown;
  revision: number;
  apiKeys: { id: string; hash: string; keyType: string; expiresAt: Date | null }[];
  switches: { keyType: string; endpointId: string; position: string }[];
  isGuarded: boolean;
};

/** Rows read at once; bounds memory while ten thousand APIs are loaded. */
const pageSize = 1_000;

/** Everything a gateway serves, read in one consistent view of the database. */
export async function loadSnapshot(db: Database): Promise<Snapshot> {
  return db.$transaction(
    async (tx) => {
      const revision = await currentRevision(tx);
      const apis: SnapshotApi[] = [];
      const refused: RefusedApi[] = [];
      let after: string | undefined;
      for (;;) {
        const rows = await tx.api.findMany({
          where: { lifecycleState: { in: routedStates } },
          select: snapshotColumns,
          orderBy: { id: "asc" },
          take: pageSize,
          ...(after === undefined ? {} : { cursor: { id: after }, skip: 1 }),
        });
        for (const row of rows) sortRow(row, apis, refused);
        after = rows.at(-1)?.id;
        if (rows.length < pageSize) return { revision, apis, refused };
      }
    },
    { isolationLevel: "RepeatableRead", timeout: 60_000 },
  );
}

/** What changed after a revision: cost follows the number of changed APIs, not of stored ones. */
export async function loadChanges(db: Database, sinceRevision: number): Promise<SnapshotChanges> {
  return db.$transaction(
    async (tx) => {
      const revision = await currentRevision(tx);
      const rows = await tx.api.findMany({
        where: { changeRevision: { gt: sinceRevision } },
        select: snapshotColumns,
      });
      const deletions = await tx.apiDeletion.findMany({
        where: { revision: { gt: sinceRevision } },
        select: { apiId: true },
      });
      const upserts: SnapshotApi[] = [];
      const refused: RefusedApi[] = [];
      const removedIds = deletions.map((deletion) => deletion.apiId);
      for (const row of rows) {
        if (routedStates.some((state) => state === row.lifecycleState)) sortRow(row, upserts, refused);
        else removedIds.push(row.id);
      }
      return { revision, upserts, removedIds, refused };
    },
    { isolationLevel: "RepeatableRead", timeout: 30_000 },
  );
}

async function currentRevision(tx: Transaction): Promise<number> {
  const row = await tx.configRevision.findUniqueOrThrow({ where: { id: 1 } });
  return row.revision;
}

function sortRow(row: SnapshotRow, apis: SnapshotApi[], refused: RefusedApi[]): void {
  const compiled = compileApi({
    id: row.id,
    name: row.name,
    version: row.version,
    context: row.context,
    isDefaultVersion: row.isDefault,
    lifecycleState: row.lifecycleState,
    apiKeyRequired: row.apiKeyRequired,
    ...(!isEmpty(row.runtime) && { runtime: row.runtime }),
    endpointConfig: row.endpointConfig,
    revision: row.revision,
    switches: row.switches,
    ...(row.isGuarded && { watched: true }),
    keys: row.apiKeys.map((key) => ({
      id: key.id,
      hash: key.hash,
      keyType: key.keyType,
      expiresAtMs: key.expiresAt?.getTime() ?? null,
    })),
  });
  if (compiled.ok) {
    apis.push(compiled.api);
    return;
  }
  const reason = compiled.issues.map(({ path, message }) => `${path}: ${message}`).join("; ");
  refused.push({ id: row.id, name: row.name, revision: row.revision, reason: reason.slice(0, 500) });
}

/** Most APIs have all at its default, which gateways know. */
function isEmpty(column: unknown): boolean {
  return typeof column === "object" && column !== null && Object.keys(column).length === 0;
}
