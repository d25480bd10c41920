import { useRef, useState } from "react";
import type { TryOutReply, TryOutRequest } from "@/lib/model/try-out.ts";

/** Sends one request through the publisher to the gateway. Rejects only when it was given up. */
export async function sendTryOut(apiId: string, request: TryOutRequest, signal: AbortSignal): Promise<TryOutReply> {
  try {
    const response = await fetch(`/apis/${apiId}/try-out/send`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(request),
      signal,
    });
    // Ours in every case but one: a proxy between here and the publisher answers by itself.
    return await response.json();
  } catch (error) {
    if (signal.aborted) throw error;
    const message = "The publisher could not be reached. Is the connection there?";
    return { ok: false, problem: { kind: "unexpected", message, items: [] } };
  }
}

/** Work that goes on until it is done or given up; a new one gives up the one before. */
export function useAbortable() {
  const [isRunning, setRunning] = useState(false);
  const current = useRef<AbortController>(undefined);

  async function run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    setRunning(true);
    try {
      await work(controller.signal);
    } catch (error) {
      if (!controller.signal.aborted) throw error;
    } finally {
      if (current.current === controller) setRunning(false);
    }
  }

  return { isRunning, run, abort: () => current.current?.abort() };
}
