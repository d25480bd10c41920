import { type KeyType, keyTypes } from "@/lib/model/endpoint-config.ts";
import type { EndpointsDraft } from "./endpoints-draft.ts";

/** What stands in the Service URL fields and is not added yet, by {@link newUrlPlace}. */
export type NewUrls = Readonly<Record<string, string>>;

export const noNewUrls: NewUrls = {};

/** Names a Service URL field: every key type has one, or every pool of it where there are pools. */
export function newUrlPlace(keyType: KeyType, pool: string | undefined): string {
  return pool === undefined ? keyType : `${keyType}.${pool}`;
}

/** Whether a Service URL field that can be seen holds something: a save would leave it behind. */
export function hasNewUrl(draft: EndpointsDraft, newUrls: NewUrls): boolean {
  return placesOf(draft).some((place) => (newUrls[place] ?? "").trim() !== "");
}

function placesOf(draft: EndpointsDraft): string[] {
  const enabled = keyTypes.filter((keyType) => draft[keyType].enabled);
  switch (draft.kind) {
    case "single":
      return [];
    case "load-balance":
    case "failover":
      return enabled.map((keyType) => newUrlPlace(keyType, undefined));
    case "tiered":
      return enabled.flatMap((keyType) => draft[keyType].pools.map((pool) => newUrlPlace(keyType, pool)));
  }
}
