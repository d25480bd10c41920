import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { exportApi } from "@/lib/server/apis/export-api.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { archiveAnswer } from "@/lib/server/http/api-archive.ts";

/** Download API: the same archive as over REST, for whoever is signed in. */
export async function GET(_request: Request, { params }: { params: Promise<{ apiId: string }> }): Promise<Response> {
  const { apiId } = await params;
  const exported = await pageAnswer(exportApi(await requirePageContext(), { apiId }));
  const { status, bytes, headers } = archiveAnswer(exported, "YAML");
  return new Response(bytes, { status, headers: { ...headers, "Cache-Control": "no-store" } });
}
