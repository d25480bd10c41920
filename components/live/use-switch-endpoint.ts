"use client";

import { useTransition } from "react";
import { useNotify } from "@/components/ui/notify.tsx";
import type { KeyType } from "@/lib/model/endpoint-config.ts";
import type { SwitchPosition } from "@/lib/model/endpoint-switch.ts";
import { switchEndpointAction } from "@/lib/server/actions/switch-endpoint-action.ts";
import type { LiveStore } from "./live-store.ts";
import { memberKey } from "./member-live.ts";

type SwitchTarget = { apiId: string; store: LiveStore; keyType: KeyType; endpointId: string; name: string };

const done = { on: "is switched on", off: "is switched off", drain: "is draining" } as const;

/** Turns an endpoint's switch at every gateway: shown at once, taken back with a message when it fails. */
export function useSwitchEndpoint({ apiId, store, keyType, endpointId, name }: SwitchTarget) {
  const notify = useNotify();
  const [, start] = useTransition();
  return function turn(position: SwitchPosition): void {
    const takeBack = store.expect(memberKey(keyType, endpointId), position);
    start(async () => {
      const message = await problemOf(apiId, { keyType, endpointId, position });
      if (message === undefined) {
        const text = `${capitalized(name)} ${done[position]}.`;
        notify.success(text, position === "on" ? {} : { undo: () => turn("on") });
        return;
      }
      takeBack();
      notify.error(`${capitalized(name)} could not be switched. ${message}`);
    });
  };
}

async function problemOf(
  apiId: string,
  request: { keyType: KeyType; endpointId: string; position: SwitchPosition },
): Promise<string | undefined> {
  try {
    const result = await switchEndpointAction(apiId, request);
    return result.ok ? undefined : result.problem.message;
  } catch {
    return "The publisher cannot be reached; try again in a moment.";
  }
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
