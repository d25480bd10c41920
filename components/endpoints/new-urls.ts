import { type KeyType, keyTypes } from "@/lib/model/endpoint-config.ts";
import type { EndpointsDraft } from "./endpoints-draft.ts";

/** What stands in the Service URL fields and is not added yet. */
export type NewUrls = Record<KeyType, string>;

export const noNewUrls: NewUrls = { production: "", sandbox: "" };

/** Whether a Service URL field that can be seen holds something: a save would leave it behind. */
export function hasNewUrl(draft: EndpointsDraft, newUrls: NewUrls): boolean {
  return (
    draft.kind !== "single" && keyTypes.some((keyType) => draft[keyType].enabled && newUrls[keyType].trim() !== "")
  );
}
