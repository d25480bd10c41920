"use client";

import { useMemo, useState } from "react";
import { useNotify } from "@/components/ui/notify.tsx";
import type { KeyType } from "@/lib/model/endpoint-config.ts";
import { newPoolId, poolName } from "./draft-pools.ts";
import type { EndpointsFormActions } from "./endpoints-form-context.ts";
import { newEndpointId } from "./new-endpoint-id.ts";
import type { useEndpointsDraft } from "./use-endpoints-draft.ts";

const counted = (endpoints: number) => (endpoints === 1 ? "its endpoint" : `its ${endpoints} endpoints`);

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
      addEndpoint: (keyType, pool, url) => {
        const endpoint = { id: newEndpointId(), url, settings: {}, ...(pool !== undefined && { pool }) };
        change({ type: "add", keyType, endpoint });
        typeNewUrl(keyType, pool, "");
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
      moveEndpoint: (keyType, endpoint, place, name) => {
        change({ type: "move", keyType, id: endpoint.id, ...place });
        const where = name === undefined ? "" : ` in ${name}`;
        announce(`Moved ${endpoint.url} to position ${Math.max(1, place.position + 1)}${where}.`);
      },
      addPool: (keyType, group) => {
        change({ type: "add-pool", keyType, id: newPoolId(group) });
        announce(`Added ${poolName(group.pools.length)}.`);
      },
      removePool: (keyType, { id, endpoints }, index) => {
        change({ type: "remove-pool", keyType, id });
        const what = endpoints.length === 0 ? "" : ` with ${counted(endpoints.length)}`;
        notify.info(`Took out ${poolName(index)}${what}.`, {
          undo: () => {
            change({ type: "add-pool", keyType, id, index, endpoints });
            announce(`Put ${poolName(index)} back.`);
          },
        });
      },
      movePool: (keyType, { id }, from, to) => {
        change({ type: "move-pool", keyType, id, index: to });
        announce(`${poolName(from)} is ${poolName(to)} now.`);
      },
    }),
    [change, leaveUrl, notify, openSettings, typeNewUrl],
  );
  return { actions, announcement };
}
