import { parseInput } from "@/lib/model/parse-input.ts";
import { Problem } from "@/lib/model/problem.ts";
import { type TryOutReply, tryOutRequestSchema } from "@/lib/model/try-out.ts";
import { outcomeOf } from "@/lib/server/actions/outcome-of.ts";
import { requireActionContext } from "@/lib/server/auth/page-context.ts";
import { publisherEnvironment } from "@/lib/server/env.ts";
import { tryApi } from "@/lib/server/try-out/try-api.ts";

/** Longest request of the page, octets: a body of a million characters, and the rest. */
const maxRequestBytes = 5_000_000;

/** What the page Try out sends. A route rather than an action: several run at once, and each can be given up. */
export async function POST(request: Request, { params }: { params: Promise<{ apiId: string }> }): Promise<Response> {
  const { apiId } = await params;
  const reply: TryOutReply = await outcomeOf(async () => {
    const context = await requireActionContext();
    const input = parseInput(tryOutRequestSchema, await readJson(request));
    return tryApi(context, apiId, input, publisherEnvironment().gatewayPublicUrl, request.signal);
  });
  return Response.json(reply, { headers: { "Cache-Control": "no-store" } });
}

async function readJson(request: Request): Promise<unknown> {
  const bytes = Number(request.headers.get("content-length") ?? Number.NaN);
  if (!(bytes <= maxRequestBytes)) throw new Problem("too-large", "This is more than a try-out takes.");
  try {
    return await request.json();
  } catch {
    throw new Problem("invalid", "A try-out is a JSON object.");
  }
}
