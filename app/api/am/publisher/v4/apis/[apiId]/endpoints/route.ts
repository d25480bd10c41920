import { listEndpointSwitches } from "@/lib/server/apis/list-endpoint-switches.ts";
import { representationFromEndpoint } from "@/lib/server/http/endpoint-representation.ts";
import { listEndpointsOperation } from "@/lib/server/http/operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const list = serve(listEndpointsOperation, async ({ context, param }) => {
  const endpoints = await listEndpointSwitches(context, param("apiId"));
  return { status: 200, body: { count: endpoints.length, list: endpoints.map(representationFromEndpoint) } };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(list);
