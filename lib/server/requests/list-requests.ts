import type { AskOptions, GatewayAsker } from "../../db/ask-gateways.ts";
import { recentRequestsAnswerSchema } from "../../model/gateway-ask.ts";
import { type RequestLine, type RequestList, requestLine } from "../../model/request-line.ts";
import { getApiRow } from "../apis/find-api.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { gatewayHosts } from "./gateway-hosts.ts";
import { listKeptFailures } from "./kept-failures.ts";

/** Most requests on the page; each gateway is asked for as many. */
export const maxListed = 100;

type Asker = Pick<GatewayAsker, "ask">;

/**
 * The newest requests of an API at every gateway; of those that failed, also the ones that gateways wrote down before
 * they ended. Who may see the API may see its requests. Problems: not-found, forbidden.
 */
export async function listRequests(
  context: ServerContext,
  asker: Asker,
  apiId: string,
  failed: boolean,
  options?: AskOptions,
): Promise<RequestList> {
  const permission = requirePermission(context, "request.list");
  const { id } = await getApiRow(permission, context.db, apiId);
  const [{ answers, silent }, kept] = await Promise.all([
    asker.ask(
      { kind: "recent-requests", apiId: id, failed, limit: maxListed },
      (document) => recentRequestsAnswerSchema.safeParse(document).data,
      options,
    ),
    failed ? listKeptFailures(context.db, id) : [],
  ]);
  const lines = [...answers.flatMap(({ document }) => document ?? []), ...kept.map(requestLine)];
  const unique = new Map(lines.map((line) => [identityOf(line), line]));
  const requests = [...unique.values()].toSorted((one, other) => other.at.localeCompare(one.at)).slice(0, maxListed);
  const gatewayIds = [...new Set(requests.map(({ gatewayId }) => gatewayId))];
  const hosts = await gatewayHosts(context, gatewayIds);
  return {
    requests,
    gateways: gatewayIds.map((gatewayId, index) => ({ id: gatewayId, host: hosts[index] ?? gatewayId })),
    answered: answers.length,
    silent: await gatewayHosts(context, silent),
  };
}

/** Clients may send an id again, but no gateway has two requests of one id that came at once. */
function identityOf({ gatewayId, requestId, at }: RequestLine): string {
  return `${gatewayId} ${requestId} ${at}`;
}
