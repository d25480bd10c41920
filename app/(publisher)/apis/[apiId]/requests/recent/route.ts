import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { gatewayAsker } from "@/lib/server/gateways/gateway-asker.ts";
import { listRequests } from "@/lib/server/requests/list-requests.ts";

/** What the Requests page reads again and again. */
export async function GET(request: Request, { params }: { params: Promise<{ apiId: string }> }): Promise<Response> {
  const { apiId } = await params;
  const failed = new URL(request.url).searchParams.get("failed") === "true";
  const context = await requirePageContext();
  const list = await pageAnswer(listRequests(context, gatewayAsker(), apiId, failed, { signal: request.signal }));
  return Response.json(list, { headers: { "Cache-Control": "no-store" } });
}
