import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { findGuardWatch } from "@/lib/server/guard/list-guard-watches.ts";

/** What the banner of a guarded API reads again and again. */
export async function GET(_request: Request, { params }: { params: Promise<{ apiId: string }> }): Promise<Response> {
  const { apiId } = await params;
  const watch = await pageAnswer(findGuardWatch(await requirePageContext(), apiId));
  return Response.json({ watch }, { headers: { "Cache-Control": "no-store" } });
}
