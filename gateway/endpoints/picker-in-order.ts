import type { Picker } from "./picker.ts";

/**
 * The first endpoint that may be had, in list order, every time: failover, and a single endpoint. Source: Synapse
 * `FailoverEndpoint` with dynamic=true.
 */
export function inOrderPicker(): Picker {
  return {
    pick: (endpoints, eligible) => endpoints.find(eligible),
    onEndpointsChanged: () => undefined,
  };
}
