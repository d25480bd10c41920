import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { requireAdmin } from "@/lib/server/context.ts";
import { listGateways } from "@/lib/server/gateways/list-gateways.ts";

/** What the Gateways page reads again and again. A layout does not guard a route, so it asks for the role itself. */
export async function GET(): Promise<Response> {
  const context = await requirePageContext();
  const gateways = await pageAnswer(
    (async () => {
      requireAdmin(context.actor);
      return listGateways(context);
    })(),
  );
  return Response.json(gateways, { headers: { "Cache-Control": "no-store" } });
}
