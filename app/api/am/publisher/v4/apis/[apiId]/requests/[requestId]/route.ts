import { explainDecision } from "@/lib/model/explain-decision.ts";
import { Problem } from "@/lib/model/problem.ts";
import { gatewayAsker } from "@/lib/server/gateways/gateway-asker.ts";
import { findRequestOperation } from "@/lib/server/http/automation-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";
import { findRequest } from "@/lib/server/requests/find-request.ts";

const find = serve(findRequestOperation, async ({ context, param }) => {
  const { record } = await findRequest(context, gatewayAsker(), param("apiId"), param("requestId"));
  if (!record) throw new Problem("not-found", "No gateway that answered keeps a request with this id to this API.");
  return { status: 200, body: { record, explanation: explainDecision(record) } };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(find);
