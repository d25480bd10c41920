import { endpointsOf } from "../model/endpoint-config.ts";
import { type SwitchRequest, switchAuditActions } from "../model/endpoint-switch.ts";
import { documentFromRow } from "./api-row.ts";
import type { Database } from "./client.ts";
import { jsonColumn } from "./json-column.ts";
import { nextRevision, notifyConfigChanged } from "./notify.ts";
import { storeEndpointSwitch } from "./store-endpoint-switch.ts";

/** Who acts where nobody has signed in. */
const adminPort = "gateway admin port";

/**
 * Stores switches that were turned at a gateway, so that every gateway follows and a restart keeps them. Returns false
 * where the stored API no longer has the endpoint.
 */
export async function storeGatewaySwitch(
  db: Database,
  gatewayId: string,
  apiId: string,
  requests: readonly SwitchRequest[],
  at: Date,
): Promise<boolean> {
  return db.$transaction(
    async (tx) => {
      const revision = await nextRevision(tx);
      const api = await tx.api.findUnique({ where: { id: apiId } });
      const config = api && documentFromRow(api).endpointConfig;
      if (!config) return false;
      let isStored = false;
      for (const request of requests) {
        const { keyType, endpointId, position } = request;
        const endpoint = endpointsOf(config, keyType).find(({ id }) => id === endpointId);
        if (!endpoint) continue;
        const before = await storeEndpointSwitch(tx, api, request, { actorName: adminPort, at }, revision);
        const detail = { endpoint: endpoint.url, endpointId, keyType, before, after: position, gatewayId };
        await tx.auditEvent.create({
          data: {
            at,
            actorId: null,
            actorName: adminPort,
            action: switchAuditActions[position],
            subjectId: api.id,
            subject: `${api.name} ${api.version}`,
            detail: jsonColumn(detail),
          },
        });
        isStored = true;
      }
      if (isStored) await notifyConfigChanged(tx, revision);
      return isStored;
    },
    { maxWait: 2_000, timeout: 3_000 },
  );
}
