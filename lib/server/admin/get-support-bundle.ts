import "server-only";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { listGateways } from "../gateways/list-gateways.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { getSystem } from "./get-system.ts";

/**
 * What somebody who helps needs to know of the installation: its state, its gateways, and how many of what there is. No
 * secret, no document of an API, nobody's name but that of hosts. Administrators only; that it was taken is in the audit log.
 */
export async function getSupportBundle(
  context: ServerContext,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<object> {
  requirePermission(context, "system.read");
  const system = await getSystem(context, environment);
  const { db } = context;
  const [byState, byType, users, apiKeys, { configRevision, gateways }] = await Promise.all([
    db.api.groupBy({ by: ["lifecycleState"], _count: true }),
    db.api.groupBy({ by: ["endpointType"], _count: true }),
    db.user.count(),
    db.apiKey.count(),
    listGateways(context),
    db.$transaction((tx) =>
      recordAudit(tx, context, { action: "support.bundle", subjectId: "system", subject: "this installation" }),
    ),
  ]);
  return {
    ...system,
    settings: system.settings.filter(({ name }) => name !== "FAIRLEAD_ADMIN_EMAIL"),
    counts: {
      ...{ users, apiKeys },
      apisByState: Object.fromEntries(byState.map(({ lifecycleState, _count }) => [lifecycleState, _count])),
      apisByEndpointType: Object.fromEntries(byType.map(({ endpointType, _count }) => [endpointType, _count])),
    },
    configRevision,
    gateways: gateways.map(({ refusedApis, ...gateway }) => ({ ...gateway, refusedApis: refusedApis.length })),
  };
}
