import { compileApi } from "../model/compile-api.ts";
import type { LifecycleState } from "../model/lifecycle.ts";
import { storedOperations } from "../model/operation.ts";
import type { RateTier } from "../model/rate-limit.ts";
import { servesOnlyOperations, storedRateTiers } from "../model/runtime-settings.ts";
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
  operations: true,
  revision: true,
  apiKeys: {
    select: {
      ...{ id: true, hash: true, keyType: true, expiresAt: true, rateTier: true },
      ...{ previousHash: true, previousEndsAt: true },
    },
  },
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
  operations: unknown;
  revision: number;
  /** When keys end: a time, or how JSON writes it. */
  apiKeys: {
    id: string;
    hash: string;
    keyType: string;
    expiresAt: Date | string | null;
    rateTier: string | null;
    previousHash: string | null;
    previousEndsAt: Date | string | null;
  }[];
  switches: { keyType: string; endpointId: string; position: string }[];
  certificates: { kind: string; host: string; certificate: string; privateKey: string | null }[];
  isGuarded: boolean;
};

type ChangesRow = { revision: number; removedIds: string[]; rows: SnapshotRow[]; tiers: RateTier[] };

/** Rows read at once; bounds memory while ten thousand APIs are loaded. */
const pageSize = 1_000;

/** Everything a gateway serves, read in one consistent view of the database. */
export async function loadSnapshot(db: Database): Promise<Snapshot> {
  return db.$transaction(
    async (tx) => {
      const revision = await currentRevision(tx);
      const tiers = await tx.rateTier.findMany({ select: { name: true, requests: true, windowSeconds: true } });
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
        const certificates = await certificatesOf(tx, rows);
        for (const row of rows) {
          sortRow({ ...row, certificates: certificates.get(row.id) ?? [] }, tiers, apis, refused);
        }
        after = rows.at(-1)?.id;
        if (rows.length < pageSize) return { revision, apis, refused };
      }
    },
    { isolationLevel: "RepeatableRead", timeout: 60_000 },
  );
}

/**
 * What changed after a revision: cost follows the number of changed APIs, not of stored ones. One statement sees one state
 * of the database, and costs a gateway under load a fraction of what a transaction of several does.
 */
export async function loadChanges(db: Database, sinceRevision: number): Promise<SnapshotChanges> {
  const [found] = await db.$queryRaw<ChangesRow[]>`
    SELECT c.revision,
      ARRAY(SELECT api_id::text FROM api_deletion WHERE revision > ${sinceRevision}) AS "removedIds",
      coalesce((SELECT jsonb_agg(jsonb_build_object(
        'id', a.id, 'name', a.name, 'version', a.version, 'context', a.context, 'isDefault', a.is_default,
        'lifecycleState', a.lifecycle_state, 'apiKeyRequired', a.api_key_required, 'runtime', a.runtime,
        'endpointConfig', a.endpoint_config, 'operations', a.operations, 'revision', a.revision, 'isGuarded', a.is_guarded,
        'apiKeys', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'hash', k.hash, 'keyType', k.key_type,
          'expiresAt', k.expires_at, 'rateTier', k.rate_tier, 'previousHash', k.previous_hash,
          'previousEndsAt', k.previous_ends_at)), '[]') FROM api_key k WHERE k.api_id = a.id),
        'switches', (SELECT coalesce(jsonb_agg(jsonb_build_object('keyType', s.key_type, 'endpointId', s.endpoint_id,
          'position', s.position)), '[]') FROM endpoint_switch s WHERE s.api_id = a.id),
        'certificates', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', t.kind, 'host', t.host,
          'certificate', t.certificate, 'privateKey', t.private_key)), '[]')
          FROM endpoint_certificate t WHERE t.api_id = a.id)))
        FROM api a WHERE a.change_revision > ${sinceRevision}), '[]') AS rows,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('name', t.name, 'requests', t.requests,
        'windowSeconds', t.window_seconds)), '[]') FROM rate_tier t) AS tiers
    FROM config_revision c WHERE c.id = 1`;
  if (!found) throw new Error("The database has no revision of the configuration: it is not set up.");
  const { revision, removedIds, rows, tiers } = found;
  const upserts: SnapshotApi[] = [];
  const refused: RefusedApi[] = [];
  for (const row of rows) {
    if (routedStates.some((state) => state === row.lifecycleState)) sortRow(row, tiers, upserts, refused);
    else removedIds.push(row.id);
  }
  return { revision, upserts, removedIds, refused };
}

/**
 * The certificates of APIs, by API; most have none. Asked for after the APIs: of more than two relations at once, Prisma
 * would ask on one connection before the answer to the question before is there.
 */
async function certificatesOf(
  tx: Transaction,
  apis: readonly { id: string }[],
): Promise<ReadonlyMap<string, SnapshotRow["certificates"]>> {
  const rows = await tx.endpointCertificate.findMany({
    where: { apiId: { in: apis.map(({ id }) => id) } },
    select: { apiId: true, kind: true, host: true, certificate: true, privateKey: true },
  });
  return Map.groupBy(rows, ({ apiId }) => apiId);
}

async function currentRevision(tx: Transaction): Promise<number> {
  const row = await tx.configRevision.findUniqueOrThrow({ where: { id: 1 } });
  return row.revision;
}

function sortRow(row: SnapshotRow, tiers: readonly RateTier[], apis: SnapshotApi[], refused: RefusedApi[]): void {
  const named = storedRateTiers(row.runtime);
  const compiled = compileApi({
    id: row.id,
    name: row.name,
    version: row.version,
    context: row.context,
    isDefaultVersion: row.isDefault,
    lifecycleState: row.lifecycleState,
    apiKeyRequired: row.apiKeyRequired,
    ...(!isEmpty(row.runtime) && { runtime: row.runtime }),
    ...limitNamed(named.api, tiers),
    ...consumerLimit(named.consumer, tiers),
    endpointConfig: row.endpointConfig,
    ...servedOperations(row, tiers),
    revision: row.revision,
    switches: row.switches,
    ...(row.certificates.length > 0 && { certificates: row.certificates.map(certificateOf) }),
    ...(row.isGuarded && { watched: true }),
    keys: row.apiKeys.flatMap((key) => credentialsOf(key, tiers)),
  });
  if (compiled.ok) {
    apis.push(compiled.api);
    return;
  }
  const reason = compiled.issues.map(({ path, message }) => `${path}: ${message}`).join("; ");
  refused.push({ id: row.id, name: row.name, revision: row.revision, reason: reason.slice(0, 500) });
}

function certificateOf({ kind, host, certificate, privateKey }: SnapshotRow["certificates"][number]): unknown {
  return { kind, host, certificate, ...(privateKey !== null && { privateKey }) };
}

/** The key, and the one before it as long as that is good for something. */
function credentialsOf(key: SnapshotRow["apiKeys"][number], tiers: readonly RateTier[]): unknown[] {
  const { id, hash, keyType, previousHash, previousEndsAt } = key;
  const common = { id, keyType, ...limitNamed(key.rateTier, tiers) };
  const expiresAtMs = msOf(key.expiresAt);
  const present = { ...common, hash, expiresAtMs };
  const endsAtMs = msOf(previousEndsAt);
  if (previousHash === null || endsAtMs === null) return [present];
  return [present, { ...common, hash: previousHash, expiresAtMs: Math.min(endsAtMs, expiresAtMs ?? endsAtMs) }];
}

function msOf(time: Date | string | null): number | null {
  return time === null ? null : new Date(time).getTime();
}

/** What a tier means. One that is not there is no limit that a gateway could keep to: the API is refused. */
function limitNamed(name: string | null, tiers: readonly RateTier[]): { rateLimit?: unknown } {
  if (name === null) return {};
  const tier = tiers.find((one) => one.name === name);
  return { rateLimit: tier ? { tier: name, requests: tier.requests, windowMs: tier.windowSeconds * 1_000 } : null };
}

/** The operations of an API for which requests are looked at one by one; nothing for all others. */
function servedOperations({ operations, runtime }: SnapshotRow, tiers: readonly RateTier[]): { operations?: unknown } {
  if (isEmpty(operations) && isEmpty(runtime)) return {};
  const parsed = storedOperations(operations);
  // Gateways refuse it then: they cannot tell what to serve.
  if (!parsed) return { operations: null };
  if (!servesOnlyOperations(runtime) && parsed.every(({ secured, rateTier }) => secured && rateTier === null))
    return {};
  return {
    operations: parsed.map(({ method, path, secured, rateTier }) => ({
      ...{ method, path, secured },
      ...limitNamed(rateTier, tiers),
    })),
  };
}

/** The limit of each consumer that tokens name. */
function consumerLimit(name: string | null, tiers: readonly RateTier[]): { consumerRateLimit?: unknown } {
  const { rateLimit } = limitNamed(name, tiers);
  return rateLimit === undefined ? {} : { consumerRateLimit: rateLimit };
}

/** Most APIs have all at its default, which gateways know. */
function isEmpty(column: unknown): boolean {
  return typeof column === "object" && column !== null && Object.keys(column).length === 0;
}
