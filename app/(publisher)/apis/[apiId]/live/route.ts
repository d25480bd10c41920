import type { LiveEndReason } from "@/lib/model/api-live.ts";
import { Problem, type ProblemKind } from "@/lib/model/problem.ts";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { findActor, requireActionContext } from "@/lib/server/auth/page-context.ts";
import { liveHub } from "@/lib/server/live/live-hub.ts";
import { endedLiveStream, openLiveStream } from "@/lib/server/live/live-stream.ts";

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
      findActor: () => findActor(headers),
      signal: request.signal,
    });
    return stream ? eventStream(stream) : new Response(null, { status: 429, headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    const reason = error instanceof Problem ? endReasons[error.kind] : undefined;
    if (reason) return eventStream(endedLiveStream(reason));
    throw error;
  }
}

/** A page sees no status of a stream that is refused, and would try again for ever: it is told in the stream. */
const endReasons: Partial<Record<ProblemKind, LiveEndReason>> = {
  unauthenticated: "session",
  forbidden: "access",
  "not-found": "deleted",
};

function eventStream(body: BodyInit): Response {
  const headers = {
    "Content-Type": "text/event-stream; charset=utf-8",
    // Compressing would hold events back until there are enough of them.
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",
    // A publisher that stops waits for connections that may be used again.
    Connection: "close",
  };
  return new Response(body, { headers });
}
