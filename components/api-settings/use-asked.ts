"use client";

import { useRef, useState } from "react";
import type { ActionResult } from "@/lib/model/action-result.ts";

export type Asked<Value> =
  | { kind: "asking" }
  | { kind: "answered"; value: Value }
  | { kind: "failed"; message: string };

/** Asks the publisher something that changes nothing. Only the newest question's answer is shown. */
export function useAsked<Request, Value>(action: (request: Request) => Promise<ActionResult<Value>>) {
  const [state, setState] = useState<Asked<Value>>();
  const newest = useRef(0);

  async function ask(request: Request): Promise<void> {
    newest.current += 1;
    const turn = newest.current;
    setState({ kind: "asking" });
    const next = await answerOf(action, request);
    if (turn === newest.current) setState(next);
  }

  function forget(): void {
    newest.current += 1;
    setState(undefined);
  }

  return { state, ask, forget };
}

async function answerOf<Request, Value>(
  action: (request: Request) => Promise<ActionResult<Value>>,
  request: Request,
): Promise<Asked<Value>> {
  try {
    const result = await action(request);
    if (result.ok) return { kind: "answered", value: result.value };
    return { kind: "failed", message: result.problem.items[0]?.message ?? result.problem.message };
  } catch {
    return { kind: "failed", message: "The publisher could not be reached, so nothing was checked. Try again." };
  }
}
