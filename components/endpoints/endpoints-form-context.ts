"use client";

import { createContext, useContext } from "react";
import type { KeyType } from "@/lib/model/endpoint-config.ts";
import type { DraftChange } from "./draft-change.ts";
import type { MemberPlace } from "./draft-pools.ts";
import type { DraftEndpoint, DraftGroup, DraftPool } from "./endpoints-draft.ts";

/** What the parts of the form can do. Stable, so that a row renders only when its own endpoint changes. */
export type EndpointsFormActions = {
  change: (change: DraftChange) => void;
  /** The person has left the URL field of an endpoint: from now on its problem is shown. */
  leaveUrl: (keyType: KeyType, id: string) => void;
  /** At the end of a pool where there are pools, else of the group. */
  addEndpoint: (keyType: KeyType, pool: string | undefined, url: string) => void;
  /** What stands in a Service URL field and is not added yet. */
  typeNewUrl: (keyType: KeyType, pool: string | undefined, url: string) => void;
  /** Takes an endpoint out; a notice offers to put it back. */
  removeEndpoint: (keyType: KeyType, endpoint: DraftEndpoint, position: number) => void;
  moveEndpoint: (keyType: KeyType, endpoint: DraftEndpoint, place: MemberPlace, poolName?: string) => void;
  addPool: (keyType: KeyType, group: DraftGroup) => void;
  /** Takes a pool out with its endpoints; a notice offers to put it back. */
  removePool: (keyType: KeyType, pool: DraftPool, index: number) => void;
  movePool: (keyType: KeyType, pool: DraftPool, from: number, to: number) => void;
  /** Says something to those who hear the page instead of seeing it. */
  announce: (text: string) => void;
  openSettings: (keyType: KeyType, id: string) => void;
};

export const EndpointsFormContext = createContext<EndpointsFormActions | undefined>(undefined);

export function useEndpointsFormActions(): EndpointsFormActions {
  const actions = useContext(EndpointsFormContext);
  if (!actions) throw new Error("This part of the form stands outside EndpointsForm.");
  return actions;
}
