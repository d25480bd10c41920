import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { getSupportBundle } from "@/lib/server/admin/get-support-bundle.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";

/** The support bundle as a file. A layout does not guard a route; the verb does. */
export async function GET(): Promise<Response> {
  const context = await requirePageContext();
  const bundle = await pageAnswer(getSupportBundle(context, process.env));
  const name = `fairlead-support-${context.now().toISOString().slice(0, 19).replaceAll(":", "")}.json`;
  return new Response(`${JSON.stringify(bundle, null, 2)}\n`, {
    headers: {
      "Content-Type": "application/json",
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "no-store",
    },
  });
}
