import { changeLifecycle } from "@/lib/server/apis/change-lifecycle.ts";
import { lifecycleRepresentation } from "@/lib/server/http/lifecycle-representation.ts";
import { changeLifecycleOperation } from "@/lib/server/http/operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const change = serve(changeLifecycleOperation, async ({ context, query }) => {
  const { lifecycleState } = await changeLifecycle(context, query.apiId, query.action);
  return {
    status: 200,
    body: { workflowStatus: "APPROVED", lifecycleState: lifecycleRepresentation(lifecycleState) },
  };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(change);
