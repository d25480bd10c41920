import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { Problem } from "@/lib/model/problem.ts";
import { exportAuditEvents } from "@/lib/server/admin/export-audit-events.ts";
import { auditTexts } from "@/lib/server/audit/audit-text.ts";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";

/** The audit log as a file: `format` csv or jsonl, and the filter of the page. A layout does not guard a route; the verb does. */
export async function GET(request: Request): Promise<Response> {
  const context = await requirePageContext();
  const { format, ...filter } = Object.fromEntries(new URL(request.url).searchParams);
  const kind = format === "csv" || format === "jsonl" ? format : undefined;
  if (!kind) return new Response("format is csv or jsonl.\n", { status: 400 });
  try {
    const stream = await pageAnswer(exportAuditEvents(context, kind, filter));
    const name = `fairlead-audit-${context.now().toISOString().slice(0, 19).replaceAll(":", "")}.${kind}`;
    return new Response(stream, {
      headers: {
        "Content-Type": auditTexts[kind].contentType,
        "Content-Disposition": `attachment; filename="${name}"`,
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    if (error instanceof Problem) return new Response(`${error.message}\n`, { status: 400 });
    throw error;
  }
}
