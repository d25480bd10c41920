"use client";

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import type { KeyType } from "@/lib/model/endpoint-config.ts";
import { LiveAnnouncer } from "./live-announcer.tsx";
import { LiveStore } from "./live-store.ts";
import { type MemberLive, memberKey } from "./member-live.ts";

type LiveContextValue = { apiId: string; store: LiveStore; isRouted: boolean };

const LiveContext = createContext<LiveContextValue | undefined>(undefined);

type LiveProviderProps = {
  apiId: string;
  /** Whether gateways serve the API at all: otherwise there is nothing to wait for. */
  isRouted: boolean;
  children: ReactNode;
};

/** Keeps one stream for the page, while the page can be seen: how the endpoints of an API are at every gateway. */
export function LiveProvider({ apiId, isRouted, children }: LiveProviderProps) {
  const [store] = useState(() => new LiveStore());
  useEffect(() => {
    const leaving = new AbortController();
    import("./open-live-source.ts").then(
      ({ openLiveSource }) => openLiveSource(`/apis/${apiId}/live`, store, leaving.signal),
      () => store.connect({ kind: "lost" }),
    );
    return () => leaving.abort();
  }, [apiId, store]);
  return (
    <LiveContext value={{ apiId, store, isRouted }}>
      {children}
      <LiveAnnouncer store={store} />
    </LiveContext>
  );
}

/** What the page above knows; undefined where nothing is live. */
export function useLive(): LiveContextValue | undefined {
  return useContext(LiveContext);
}

/** How one endpoint is; undefined while that is not known. */
export function useMemberLive({ store }: LiveContextValue, keyType: KeyType, id: string): MemberLive | undefined {
  const key = memberKey(keyType, id);
  return useSyncExternalStore(
    store.subscribe,
    () => store.member(key),
    () => undefined,
  );
}

/** The newest document, and how the stream is. */
export function useLiveStatus(store: LiveStore) {
  const connection = useSyncExternalStore(
    store.subscribe,
    () => store.connection,
    () => store.connection,
  );
  const live = useSyncExternalStore(
    store.subscribe,
    () => store.live,
    () => undefined,
  );
  return { connection, live };
}
