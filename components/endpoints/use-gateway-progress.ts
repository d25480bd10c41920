"use client";

import { useEffect, useState } from "react";
import type { Api } from "@/lib/model/api.ts";
import { isRouted } from "@/lib/model/lifecycle.ts";
import { getApiLiveStateAction } from "@/lib/server/actions/get-api-live-state-action.ts";
import { type GatewayProgress, gatewayProgress, watchedForMs } from "./gateway-progress.ts";

const askEveryMs = 100;

type Watched = { api: Api; pressedAtMs: number };

/** Follows a save until every gateway has it, or for ten seconds. A newer save takes the place of an older one. */
export function useGatewayProgress() {
  const [watched, setWatched] = useState<Watched>();
  const [progress, setProgress] = useState<GatewayProgress>();

  useEffect(() => {
    if (!watched) return;
    let isOver = false;
    void follow(watched, (next) => {
      if (!isOver) setProgress(next);
      return isOver;
    });
    return () => {
      isOver = true;
    };
  }, [watched]);

  return {
    progress,
    watch: (api: Api, pressedAtMs: number) => {
      setProgress(undefined);
      setWatched({ api, pressedAtMs });
    },
    forget: () => {
      setWatched(undefined);
      setProgress(undefined);
    },
  };
}

/** Asks again and again; `tell` gets every answer and says whether nobody wants to know any more. */
async function follow({ api, pressedAtMs }: Watched, tell: (progress: GatewayProgress) => boolean): Promise<void> {
  if (!isRouted(api.lifecycleState)) {
    tell({ kind: "not-routed", state: api.lifecycleState });
    return;
  }
  let next: GatewayProgress = { kind: "waiting" };
  while (!tell(next) && next.kind === "waiting") {
    next = await ask(api, pressedAtMs);
    if (next.kind === "waiting") await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
}

async function ask(api: Api, pressedAtMs: number): Promise<GatewayProgress> {
  try {
    const result = await getApiLiveStateAction(api.id);
    const elapsedMs = performance.now() - pressedAtMs;
    if (!result.ok) return { kind: "unknown" };
    // Somebody saved again meanwhile: then it is their revision that the gateways are waiting for.
    return gatewayProgress(result.value.gateways, elapsedMs);
  } catch {
    return performance.now() - pressedAtMs < watchedForMs ? { kind: "waiting" } : { kind: "unknown" };
  }
}
