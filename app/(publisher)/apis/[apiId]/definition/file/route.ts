import { z } from "zod";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { definitionSyntaxes } from "@/lib/model/definition.ts";
import { Problem } from "@/lib/model/problem.ts";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { getDefinition } from "@/lib/server/definitions/get-definition.ts";
import { definitionMediaTypes } from "@/lib/server/http/definition-media-type.ts";

const querySchema = z.object({ syntax: z.enum(definitionSyntaxes).optional() });

/** The OpenAPI document of an API as a file; `syntax` yaml or json, absent: as it was written. */
export async function GET(request: Request, { params }: { params: Promise<{ apiId: string }> }): Promise<Response> {
  const context = await requirePageContext();
  const query = querySchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) return new Response("syntax is yaml or json.\n", { status: 400 });
  const { apiId } = await params;
  try {
    const [{ name, version }, { text, syntax }] = await pageAnswer(
      Promise.all([getApi(context, apiId), getDefinition(context, apiId, query.data.syntax)]),
    );
    // RFC 6266 with RFC 8187: a name may hold any letter.
    const fileName = encodeURIComponent(`${name}-${version}.${syntax}`).replaceAll("'", "%27");
    return new Response(text, {
      headers: {
        "Content-Type": definitionMediaTypes[syntax],
        "Content-Disposition": `attachment; filename*=UTF-8''${fileName}`,
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    if (error instanceof Problem) return new Response(`${error.message}\n`, { status: 503 });
    throw error;
  }
}
