import { z } from "zod";
import type { Database } from "../../db/client.ts";
import { Prisma } from "../../db/generated/client.ts";
import { ownedBy } from "../../db/owned-by.ts";
import { type ApiSummary, endpointTypes } from "../../model/api.ts";
import {
  type ApiListRequest,
  type ApiQueryField,
  type ApiQueryTerm,
  apiListRequestSchema,
  type apiSortFields,
  parseApiQuery,
} from "../../model/api-query.ts";
import { lifecycleStates } from "../../model/lifecycle.ts";
import { parseInput } from "../../model/parse-input.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";

/** A page of APIs, and how many there are on all pages. */
export type ApiList = { total: number; apis: ApiSummary[] };

/** The APIs the actor may see (a publisher their own, an administrator all), searched, sorted and paged in the database. */
export async function listApis(context: ServerContext, request: ApiListRequest = {}): Promise<ApiList> {
  const { reach } = requirePermission(context, "api.list");
  const page = parseInput(apiListRequestSchema, request);
  const own = reach === "any" ? [] : [ownedBy(context.actor.id)];
  return selectApis(context.db, page, own);
}

/** A page of the APIs that the conditions let through; `a` is the API in them, `u` its owner. */
export async function selectApis(
  db: Database,
  { limit, offset, query, sort }: z.output<typeof apiListRequestSchema>,
  further: readonly Prisma.Sql[],
): Promise<ApiList> {
  const conditions = [...parseApiQuery(query).map(conditionOf), ...further];
  const where = conditions.length > 0 ? Prisma.sql`WHERE ${Prisma.join(conditions, " AND ")}` : Prisma.empty;
  const from = Prisma.sql`FROM api a JOIN "user" u ON u.id = a.owner_id ${where}`;
  const direction = sort.direction === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const [counts, rows] = await Promise.all([
    db.$queryRaw`SELECT count(*)::int AS total ${from}`,
    db.$queryRaw`SELECT ${summaryColumns} ${from}
      ORDER BY ${sortColumns[sort.field]} ${direction}, a.id ASC LIMIT ${limit} OFFSET ${offset}`,
  ]);
  const [{ total }] = countSchema.parse(counts);
  return { total, apis: summaryRowsSchema.parse(rows).map(summaryFromRow) };
}

const fieldColumns = {
  name: Prisma.sql`a.name`,
  context: Prisma.sql`a.context`,
  version: Prisma.sql`a.version`,
  status: Prisma.sql`a.lifecycle_state`,
  provider: Prisma.sql`(u.name || ' ' || u.email)`,
} as const satisfies Record<ApiQueryField, Prisma.Sql>;

/** Free text is looked for in one joined text: one comparison per row and term. */
const freeText = Prisma.sql`concat_ws(E'\n', a.name, a.context, a.version, a.display_name, u.name,
  array_to_string(a.tags || a.properties, E'\n'))`;

const sortColumns = {
  name: Prisma.sql`lower(a.name)`,
  version: Prisma.sql`a.version`,
  context: Prisma.sql`a.context`,
  provider: Prisma.sql`lower(u.name)`,
  status: Prisma.sql`a.lifecycle_state`,
  endpointType: Prisma.sql`a.endpoint_type`,
  updated: Prisma.sql`a.updated_at`,
} as const satisfies Record<(typeof apiSortFields)[number], Prisma.Sql>;

function conditionOf({ field, text, property }: ApiQueryTerm): Prisma.Sql {
  const found = Prisma.sql`${field ? fieldColumns[field] : freeText} ILIKE ${`%${literal(text)}%`}`;
  if (!property) return found;
  const pattern = `${literal(property.name)}:%${literal(property.text)}%`;
  return Prisma.sql`(${found} OR EXISTS (SELECT 1 FROM unnest(a.properties) property WHERE property ILIKE ${pattern}))`;
}

/** What stands for itself in a search must not be a wildcard of LIKE. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}

const summaryColumns = Prisma.sql`a.id, a.name, a.version, a.context, a.display_name AS "displayName",
  a.is_default AS "isDefaultVersion", a.lifecycle_state AS "lifecycleState", a.endpoint_type AS "endpointType",
  a.revision, a.created_at AS "createdAt", a.updated_at AS "updatedAt",
  u.id AS "ownerId", u.name AS "ownerName", u.email AS "ownerEmail"`;

const countSchema = z.tuple([z.strictObject({ total: z.number().int() })]);

const summaryRowsSchema = z.array(
  z.strictObject({
    id: z.string(),
    name: z.string(),
    version: z.string(),
    context: z.string(),
    displayName: z.string(),
    isDefaultVersion: z.boolean(),
    lifecycleState: z.enum(lifecycleStates),
    endpointType: z.enum(endpointTypes),
    revision: z.number().int(),
    createdAt: z.date(),
    updatedAt: z.date(),
    ownerId: z.string(),
    ownerName: z.string(),
    ownerEmail: z.string(),
  }),
);

function summaryFromRow(row: z.infer<typeof summaryRowsSchema>[number]): ApiSummary {
  const { ownerId, ownerName, ownerEmail, ...summary } = row;
  return { ...summary, owner: { id: ownerId, name: ownerName, email: ownerEmail } };
}
