import "server-only";
import { type LiveEndReason, liveEvents } from "../../model/api-live.ts";
import type { Actor } from "../context.ts";
import { isPermitted } from "../permission/require-permission.ts";
import type { LiveHub } from "./live-hub.ts";
import type { LiveNews } from "./live-poller.ts";

/** A comment so often keeps proxies from closing the stream, and finds out about clients that have gone, ms. */
const heartbeatMs = 15_000;
/** The session is looked at again so often, ms. */
const sessionCheckMs = 10_000;
/** A page tries again so long after a break, ms. */
const retryMs = 2_000;
/** Events that a slow client may be behind; it is left out of the next ones, and a document replaces all before it. */
const maxBehind = 8;

export type LiveStreamOptions = {
  hub: LiveHub;
  apiId: string;
  actor: Actor;
  /** Who looks at the page now; undefined when the session has ended. */
  findActor: () => Promise<Actor | undefined>;
  /** The client has gone. */
  signal: AbortSignal;
  heartbeatMs?: number;
  sessionCheckMs?: number;
};

/**
 * How the endpoints of an API are, as Server-Sent Events (HTML Living Standard, section 9.2). It ends when the session
 * does, when the API is no longer the reader's to see, and when the publisher stops. undefined: too many are open.
 */
export function openLiveStream(options: LiveStreamOptions): ReadableStream<Uint8Array> | undefined {
  const { hub, apiId, findActor, signal } = options;
  const encoder = new TextEncoder();
  const stream = { userId: options.actor.id, end: () => end("stopping") };
  if (!hub.open(stream)) return undefined;
  let { actor } = options;
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let leave: () => void = () => undefined;
  const timers: NodeJS.Timeout[] = [];

  function close(): void {
    if (!controller) return;
    for (const timer of timers) clearInterval(timer);
    leave();
    hub.close(stream);
    const open = controller;
    controller = undefined;
    try {
      open.close();
    } catch {
      // The client was faster.
    }
  }

  function send(text: string): void {
    if (controller && (controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(text));
  }

  function end(reason: LiveEndReason): void {
    send(event(liveEvents.end, reason));
    close();
  }

  function onNews(news: LiveNews): void {
    if (news.kind === "deleted") end("deleted");
    else if (news.kind === "unavailable") send(event(liveEvents.unavailable, {}));
    else if (!isPermitted(actor, "api.live", news)) end("access");
    // A client that does not read would be told of a past that has passed: it may come back for the present.
    else if (controller && (controller.desiredSize ?? 0) <= 0) close();
    else send(event(liveEvents.live, news.live));
  }

  async function checkSession(): Promise<void> {
    // A database that is away says nothing of the session; the poller tells of it.
    const found = await findActor().catch(() => actor);
    if (found) actor = found;
    else end("session");
  }

  return new ReadableStream<Uint8Array>(
    {
      start(opened) {
        controller = opened;
        send(`retry: ${retryMs}\n\n`);
        timers.push(setInterval(() => send(": still here\n\n"), options.heartbeatMs ?? heartbeatMs));
        timers.push(setInterval(() => void checkSession(), options.sessionCheckMs ?? sessionCheckMs));
        signal.addEventListener("abort", close, { once: true });
        const unwatch = hub.watch(apiId, onNews);
        leave = unwatch;
        // What is known already may have ended the stream before it could be left.
        if (!controller) unwatch();
        else if (signal.aborted) close();
      },
      cancel: close,
    },
    new CountQueuingStrategy({ highWaterMark: maxBehind }),
  );
}

/** A stream of nothing but its end. */
export function endedLiveStream(reason: LiveEndReason): string {
  return event(liveEvents.end, reason);
}

function event(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
