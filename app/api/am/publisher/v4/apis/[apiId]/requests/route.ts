import { gatewayAsker } from "@/lib/server/gateways/gateway-asker.ts";
import { listRequestsOperation } from "@/lib/server/http/automation-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";
import { listRequests } from "@/lib/server/requests/list-requests.ts";

const list = serve(listRequestsOperation, async ({ context, param, query }) => {
  const { requests, silent } = await listRequests(context, gatewayAsker(), param("apiId"), query.failed === "true");
  return { status: 200, body: { list: requests, silent } };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(list);
