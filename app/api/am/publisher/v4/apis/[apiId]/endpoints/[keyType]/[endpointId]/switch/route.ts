import { switchEndpoint } from "@/lib/server/apis/switch-endpoint.ts";
import { representationFromEndpoint, switchRequestFrom } from "@/lib/server/http/endpoint-representation.ts";
import { switchEndpointOperation } from "@/lib/server/http/operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const doSwitch = serve(switchEndpointOperation, async ({ context, param, json }) => {
  const request = switchRequestFrom(param("keyType"), param("endpointId"), await json());
  return { status: 200, body: representationFromEndpoint(await switchEndpoint(context, param("apiId"), request)) };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(doSwitch);
