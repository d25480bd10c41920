import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { getApiLiveState } from "@/lib/server/gateways/get-api-live-state.ts";

/** What the Environments page reads again and again. */
export async function GET(_request: Request, { params }: { params: Promise<{ apiId: string }> }): Promise<Response> {
  const { apiId } = await params;
  const context = await requirePageContext();
  const [{ lifecycleState }, live] = await pageAnswer(
    Promise.all([getApi(context, apiId), getApiLiveState(context, apiId)]),
  );
  return Response.json({ ...live, lifecycleState }, { headers: { "Cache-Control": "no-store" } });
}
