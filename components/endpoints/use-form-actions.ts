"use client";

import { useMemo, useState } from "react";
import { useNotify } from "@/components/ui/notify.tsx";
import type { KeyType } from "@/lib/model/endpoint-config.ts";
import type { EndpointsFormActions } from "./endpoints-form-context.ts";
import { newEndpointId } from "./new-endpoint-id.ts";
import type { useEndpointsDraft } from "./use-endpoints-draft.ts";

/** What the parts of the form can do, each change said aloud for those who do not see it. */
export function useFormActions(
  { change, leaveUrl, typeNewUrl }: ReturnType<typeof useEndpointsDraft>,
  openSettings: (endpoint: { keyType: KeyType; id: string }) => void,
) {
  const notify = useNotify();
  const [announcement, announce] = useState("");
  const actions = useMemo<EndpointsFormActions>(
    () => ({
      change,
      leaveUrl,
      typeNewUrl,
      announce,
      openSettings: (keyType, id) => openSettings({ keyType, id }),
      addEndpoint: (keyType, url) => {
        change({ type: "add", keyType, endpoint: { id: newEndpointId(), url, settings: {} } });
        typeNewUrl(keyType, "");
        announce(`Added ${url}.`);
      },
      removeEndpoint: (keyType, endpoint, position) => {
        change({ type: "remove", keyType, id: endpoint.id });
        notify.info(`Took out ${endpoint.url || "an endpoint"}.`, {
          undo: () => {
            change({ type: "add", keyType, endpoint, position });
            announce(`Put ${endpoint.url} back.`);
          },
        });
      },
      moveEndpoint: (keyType, endpoint, position) => {
        change({ type: "move", keyType, id: endpoint.id, position });
        announce(`Moved ${endpoint.url} to position ${Math.max(1, position + 1)}.`);
      },
    }),
    [change, leaveUrl, notify, openSettings, typeNewUrl],
  );
  return { actions, announcement };
}
