import { presentGateways } from "../../db/present-gateways.ts";
import {
  type GatewayFigures,
  type GatewayReport,
  gatewayFiguresSchema,
  refusedApisSchema,
} from "../../model/gateway-report.ts";
import type { ServerContext } from "../context.ts";
import { reachOf, requirePermission } from "../permission/require-permission.ts";

/** A gateway as it last reported itself; `gone` when it has been silent for too long. */
export type Gateway = GatewayReport & { lastSeenAt: Date; gone: boolean };

/** The gateways of the installation, and the revision that each of them should have applied. */
export type GatewayList = { configRevision: number; gateways: Gateway[] };

/** Most gateways that are listed. */
const maxGateways = 200;

/** Every gateway that reported itself within the last day: those that are there first, then by host. */
export async function listGateways(context: ServerContext): Promise<GatewayList> {
  requirePermission(context, "gateway.list");
  const { db, actor } = context;
  const [{ revision }, rows, present] = await Promise.all([
    db.configRevision.findUniqueOrThrow({ where: { id: 1 } }),
    db.gateway.findMany({ orderBy: [{ host: "asc" }, { id: "asc" }], take: maxGateways }),
    presentGateways(db),
  ]);
  const everyApi = reachOf(actor.role, "api.read") === "any";
  const mayRead = everyApi ? undefined : await ownApiIds({ db, actor }, rows);
  const gateways = rows.map(({ refusedApis, figures, ...row }) => ({
    ...row,
    ...figuresOf(figures),
    refusedApis: parseRefused(refusedApis).filter(({ id }) => mayRead === undefined || mayRead.has(id)),
    gone: !present.some(({ id }) => id === row.id),
  }));
  return { configRevision: revision, gateways: gateways.toSorted((a, b) => Number(a.gone) - Number(b.gone)) };
}

/** What gateways refused, of the APIs that the actor owns or co-owns: the others are nobody else's business. */
async function ownApiIds(
  { db, actor }: Pick<ServerContext, "db" | "actor">,
  rows: readonly { refusedApis: unknown }[],
) {
  const ids = rows.flatMap(({ refusedApis }) => parseRefused(refusedApis).map(({ id }) => id));
  if (ids.length === 0) return new Set<string>();
  const isTheirs = { OR: [{ ownerId: actor.id }, { coOwners: { some: { userId: actor.id } } }] };
  const own = await db.api.findMany({ where: { id: { in: ids }, ...isTheirs }, select: { id: true } });
  return new Set(own.map(({ id }) => id));
}

function figuresOf(value: unknown): { figures?: GatewayFigures } {
  const parsed = gatewayFiguresSchema.safeParse(value);
  return parsed.success ? { figures: parsed.data } : {};
}

/** A report of another version of the gateway may not read; it says nothing then. */
function parseRefused(value: unknown): GatewayReport["refusedApis"] {
  const parsed = refusedApisSchema.safeParse(value);
  return parsed.success ? parsed.data : [];
}
