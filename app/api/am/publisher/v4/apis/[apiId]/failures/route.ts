import { gatewayAsker } from "@/lib/server/gateways/gateway-asker.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";
import { listFailuresOperation } from "@/lib/server/http/statistics-operations.ts";
import { listRequests } from "@/lib/server/requests/list-requests.ts";

const list = serve(listFailuresOperation, async ({ context, param }) => {
  const { requests, answered, silent } = await listRequests(context, gatewayAsker(), param("apiId"), true);
  return { status: 200, body: { count: requests.length, list: requests, answered, silent } };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(list);
