"use client";

import { useRef, useState } from "react";
import type { EndpointCheck, EndpointCheckRequest } from "@/lib/model/endpoint-check.ts";
import { checkEndpointAction } from "@/lib/server/actions/check-endpoint-action.ts";

/** How to ask: the path is appended to the endpoint's own. */
export type CheckManner = Required<Pick<EndpointCheckRequest, "method" | "path">>;

export type EndpointCheckState =
  | { kind: "checking" }
  | { kind: "answered"; check: EndpointCheck }
  | { kind: "refused"; message: string };

/** Asks an endpoint whether it answers. What was found out about one URL is not shown for another. */
export function useEndpointCheck(url: string) {
  const [found, setFound] = useState<{ url: string; state: EndpointCheckState }>();
  const newest = useRef(0);

  async function check(manner: CheckManner): Promise<void> {
    newest.current += 1;
    const turn = newest.current;
    setFound({ url, state: { kind: "checking" } });
    const state = await ask({ url, ...manner });
    if (turn === newest.current) setFound({ url, state });
  }

  function hide(): void {
    newest.current += 1;
    setFound(undefined);
  }

  return { state: found?.url === url ? found.state : undefined, check, hide };
}

async function ask(request: EndpointCheckRequest): Promise<EndpointCheckState> {
  try {
    const result = await checkEndpointAction(request);
    if (result.ok) return { kind: "answered", check: result.value };
    return { kind: "refused", message: result.problem.message };
  } catch {
    return { kind: "refused", message: "The publisher could not be reached, so nothing was checked. Try again." };
  }
}
