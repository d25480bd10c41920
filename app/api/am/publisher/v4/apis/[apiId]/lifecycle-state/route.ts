import { getApi } from "@/lib/server/apis/get-api.ts";
import { lifecycleRepresentation } from "@/lib/server/http/lifecycle-representation.ts";
import { getLifecycleOperation } from "@/lib/server/http/operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const read = serve(getLifecycleOperation, async ({ context, param }) => {
  const { lifecycleState } = await getApi(context, param("apiId"));
  return { status: 200, body: lifecycleRepresentation(lifecycleState) };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(read);
