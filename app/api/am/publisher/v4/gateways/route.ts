import { listGateways } from "@/lib/server/gateways/list-gateways.ts";
import { listGatewaysOperation } from "@/lib/server/http/automation-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const list = serve(listGatewaysOperation, async ({ context }) => {
  const { configRevision, gateways } = await listGateways(context);
  const told = gateways.map(({ id, host, version, appliedRevision, lastSeenAt, gone, refusedApis }) => ({
    ...{ id, host, version, appliedRevision },
    lastSeenTime: lastSeenAt.toISOString(),
    isConnected: !gone,
    refusedApis: refusedApis.length,
  }));
  return { status: 200, body: { configRevision, list: told } };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(list);
