import { apiLiveSchema, liveEndReasons, liveEvents } from "@/lib/model/api-live.ts";
import type { LiveStore } from "./live-store.ts";

/** A stream that the publisher refused is tried again so much later, ms; a broken one the browser tries again itself. */
const refusedRetryMs = 10_000;

/**
 * Fills a store from a stream of Server-Sent Events until the page is left. Pages that cannot be seen have no stream: a
 * browser opens six connections to a publisher without HTTP/2, and they are for all its tabs.
 */
export function openLiveSource(path: string, store: LiveStore, leaving: AbortSignal): void {
  if (leaving.aborted) return;
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;

  function close(): void {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  }

  function open(): void {
    close();
    if (isOver || document.visibilityState === "hidden") return;
    const opened = new EventSource(path);
    source = opened;
    opened.addEventListener(liveEvents.live, (event) => {
      const live = apiLiveSchema.safeParse(parseJson(event.data)).data;
      if (live) store.receive(live, performance.now());
    });
    opened.addEventListener(liveEvents.unavailable, () => store.connect({ kind: "unavailable" }));
    opened.addEventListener(liveEvents.end, (event) => onEnd(parseJson(event.data)));
    opened.addEventListener("error", () => {
      if (isOver) return;
      store.connect({ kind: "lost" });
      if (opened.readyState === EventSource.CLOSED) timer = setTimeout(open, refusedRetryMs);
    });
  }

  function onEnd(data: unknown): void {
    const reason = liveEndReasons.find((known) => known === data);
    if (!reason || reason === "stopping" || reason === "slow") return;
    isOver = true;
    close();
    store.connect({ kind: "ended", reason });
  }

  function onVisibility(): void {
    if (document.visibilityState === "visible") open();
    else close();
  }

  document.addEventListener("visibilitychange", onVisibility);
  leaving.addEventListener("abort", () => {
    isOver = true;
    document.removeEventListener("visibilitychange", onVisibility);
    close();
  });
  open();
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
