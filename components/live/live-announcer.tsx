"use client";

import { useSyncExternalStore } from "react";
import { Announcement } from "@/components/endpoints/announcement.tsx";
import type { LiveStore, StateChange } from "./live-store.ts";
import { stateWords } from "./live-words.ts";

/** More changes at once are counted, not named. */
const maxNamed = 3;

/** Says politely which endpoints changed their state; nothing else that moves on the page. */
export function LiveAnnouncer({ store }: { store: LiveStore }) {
  const changes = useSyncExternalStore(
    store.subscribe,
    () => store.changes,
    () => noChanges,
  );
  const named = changes.map(({ url, state }) => `${url}: ${stateWords[state].word}.`).join(" ");
  return <Announcement text={changes.length > maxNamed ? `${changes.length} endpoints changed their state.` : named} />;
}

const noChanges: readonly StateChange[] = [];
