import { Problem } from "@/lib/model/problem.ts";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { auth } from "@/lib/server/auth/auth.ts";
import { requireActionContext } from "@/lib/server/auth/page-context.ts";
import { findSession } from "@/lib/server/auth/session.ts";
import { liveHub } from "@/lib/server/live/live-hub.ts";
import { openLiveStream } from "@/lib/server/live/live-stream.ts";

/** How the endpoints of an API are, now and from now on, as Server-Sent Events. */
export async function GET(request: Request, { params }: { params: Promise<{ apiId: string }> }): Promise<Response> {
  const { apiId } = await params;
  try {
    const context = await requireActionContext();
    await getApi(context, apiId);
    const headers = new Headers(request.headers);
    const stream = openLiveStream({
      hub: liveHub(),
      apiId,
      actor: context.actor,
      findActor: async () => (await findSession(auth(), headers))?.actor,
      signal: request.signal,
    });
    if (!stream) return refusal(429);
    return new Response(stream, {
      headers: {
        "Content-Type": "text/event-stream; charset=utf-8",
        // Compressing would hold events back until there are enough of them.
        "Cache-Control": "no-store, no-transform",
        "X-Accel-Buffering": "no",
        // A publisher that stops waits for connections that may be used again.
        Connection: "close",
      },
    });
  } catch (error) {
    if (error instanceof Problem) return refusal(statuses[error.kind] ?? 400);
    throw error;
  }
}

const statuses: Partial<Record<Problem["kind"], number>> = { unauthenticated: 401, forbidden: 403, "not-found": 404 };

function refusal(status: number): Response {
  return new Response(null, { status, headers: { "Cache-Control": "no-store" } });
}
