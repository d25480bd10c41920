import "server-only";
import { z } from "zod";
import type { ServerContext } from "../context.ts";
import { type Gateway, listGateways } from "../gateways/list-gateways.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { type SettingInEffect, settingsInEffect } from "./settings-in-effect.ts";

/** A part of the installation, and how it is, in a sentence. */
export type PartHealth = { part: string; health: "good" | "warning" | "bad"; words: string };

/** What administrators see of the installation itself. */
export type SystemState = {
  at: Date;
  versions: { name: string; version: string }[];
  database: {
    sizeBytes: number;
    /** A question and its answer, ms. */
    latencyMs: number;
    /** Rows, as PostgreSQL estimates them. */
    tables: { name: string; rows: number; sizeBytes: number }[];
  };
  settings: SettingInEffect[];
  parts: PartHealth[];
};

const version = "0.1.0";
/** A database that takes longer to answer is told of, ms. */
const slowMs = 50;

const factsSchema = z.tuple([
  z.strictObject({
    version: z.string(),
    sizeBytes: z.bigint().transform(Number),
    mayChangeAudit: z.boolean(),
    isProtected: z.boolean(),
  }),
]);
const tablesSchema = z.array(
  z.strictObject({ name: z.string(), rows: z.bigint().transform(Number), sizeBytes: z.bigint().transform(Number) }),
);
const migrationSchema = z.array(z.strictObject({ name: z.string() }));

/** Versions, database, settings and health of every part, without secrets. Administrators only. */
export async function getSystem(
  context: ServerContext,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<SystemState> {
  requirePermission(context, "system.read");
  const { db } = context;
  const begun = performance.now();
  await db.$queryRaw`SELECT 1`;
  const latencyMs = performance.now() - begun;
  const [facts, tables, migrations, { gateways, configRevision }] = await Promise.all([
    db.$queryRaw`SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS "sizeBytes",
      has_table_privilege('audit_event', 'UPDATE, DELETE, TRUNCATE') AS "mayChangeAudit",
      EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'audit_event_append_only' AND tgenabled <> 'D') AS "isProtected"`,
    db.$queryRaw`SELECT relname AS name, greatest(reltuples, 0)::bigint AS rows, pg_total_relation_size(oid) AS "sizeBytes"
      FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 3 DESC LIMIT 50`,
    db.$queryRaw`SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL
      ORDER BY migration_name DESC LIMIT 1`,
    listGateways(context),
  ]);
  const [fact] = factsSchema.parse(facts);
  return {
    at: context.now(),
    versions: [
      { name: "Fairlead", version },
      { name: "Node.js", version: process.versions.node },
      { name: "PostgreSQL", version: fact.version },
      { name: "Schema", version: migrationSchema.parse(migrations)[0]?.name ?? "unknown" },
    ],
    database: { sizeBytes: fact.sizeBytes, latencyMs, tables: tablesSchema.parse(tables) },
    settings: settingsInEffect(environment),
    parts: [databaseHealth(latencyMs), auditHealth(fact), ...gatewayHealth(gateways, configRevision)],
  };
}

function databaseHealth(latencyMs: number): PartHealth {
  const words = `Answers in ${latencyMs.toFixed(1)} ms.`;
  return { part: "Database", health: latencyMs > slowMs ? "warning" : "good", words };
}

function auditHealth({ mayChangeAudit, isProtected }: { mayChangeAudit: boolean; isProtected: boolean }): PartHealth {
  const part = "Audit log";
  if (!mayChangeAudit) return { part, health: "good", words: "The publisher's database role can only add to it." };
  if (isProtected) {
    const words =
      "Append-only by a trigger, but the publisher's database role owns it or is a superuser. Set DATABASE_OWNER_URL and give DATABASE_URL a role of its own.";
    return { part, health: "warning", words };
  }
  return { part, health: "bad", words: "The publisher's database role may change it, and its trigger is off." };
}

function gatewayHealth(all: readonly Gateway[], configRevision: number): PartHealth[] {
  if (all.length === 0) return [{ part: "Gateways", health: "bad", words: "None has reported itself within a day." }];
  return all.map((gateway) => {
    const part = `Gateway ${gateway.host}`;
    const { gone, appliedRevision, refusedApis, figures } = gateway;
    if (gone) return { part, health: "bad", words: "Has stopped reporting." };
    if (figures?.reloadError) return { part, health: "bad", words: `Cannot reload: ${figures.reloadError.message}` };
    const notes = [
      ...(appliedRevision < configRevision ? [`${configRevision - appliedRevision} revisions behind`] : []),
      ...(refusedApis.length > 0 ? [`refuses ${refusedApis.length} stored APIs`] : []),
      ...(figures && figures.unreadyEndpoints > 0 ? [`${figures.unreadyEndpoints} endpoints not ready`] : []),
    ];
    if (notes.length === 0) return { part, health: "good", words: `Serves revision ${appliedRevision}.` };
    return { part, health: "warning", words: `${notes.join(", ")}.` };
  });
}
