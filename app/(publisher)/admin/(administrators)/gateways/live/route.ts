import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { listGateways } from "@/lib/server/gateways/list-gateways.ts";
import { requirePermission } from "@/lib/server/permission/require-permission.ts";

/** What the Gateways page reads again and again. A layout does not guard a route, so it asks for the role itself. */
export async function GET(): Promise<Response> {
  const context = await requirePageContext();
  const gateways = await pageAnswer(
    (async () => {
      requirePermission(context, "gateway.watch");
      return listGateways(context);
    })(),
  );
  return Response.json(gateways, { headers: { "Cache-Control": "no-store" } });
}
