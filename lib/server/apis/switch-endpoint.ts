import { documentFromRow } from "../../db/api-row.ts";
import { storeEndpointSwitch } from "../../db/store-endpoint-switch.ts";
import { endpointsOf } from "../../model/endpoint-config.ts";
import { type SwitchRequest, switchAuditActions, switchRequestSchema } from "../../model/endpoint-switch.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { changeConfiguration } from "../change-configuration.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { getApiRow } from "./find-api.ts";
import type { SwitchedEndpoint } from "./list-endpoint-switches.ts";
import { subjectOf } from "./write-api.ts";

/**
 * Switches an endpoint off, on, or lets it drain, at every gateway and across restarts. It is no change of the API's
 * document: its revision stays, and nobody's open form becomes stale. Problems: invalid, not-found, forbidden.
 */
export async function switchEndpoint(
  context: ServerContext,
  apiId: string,
  request: SwitchRequest,
): Promise<SwitchedEndpoint> {
  const permission = requirePermission(context, "endpoint.switch");
  const given = parseInput(switchRequestSchema, request);
  const { keyType, endpointId, position } = given;
  return changeConfiguration(context, async (tx, revision) => {
    const api = await getApiRow(permission, tx, apiId);
    const { endpointConfig } = documentFromRow(api);
    const endpoint = endpointConfig && endpointsOf(endpointConfig, keyType).find(({ id }) => id === endpointId);
    if (!endpoint)
      throw new Problem("not-found", `This API has no such ${keyType} endpoint: it may have been removed.`);
    const words = { actorName: context.actor.name, at: context.now() };
    const before = await storeEndpointSwitch(tx, api, given, words, revision);
    const detail = { endpoint: endpoint.url, endpointId, keyType, before, after: position };
    await recordAudit(tx, context, { action: switchAuditActions[position], ...subjectOf(api), detail });
    const switched = { keyType, id: endpointId, url: endpoint.url, position };
    return position === "on" ? switched : { ...switched, switchedBy: words.actorName, switchedAt: words.at };
  });
}
