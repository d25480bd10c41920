import type { Picker } from "./picker.ts";

/**
 * Exact round robin. Endpoints are tested from the pointer on, each at most once, and the pointer moves past every one
 * tested, the chosen one included; when none may be had it has moved on by one. Source: Synapse `RoundRobin`.
 */
export function roundRobinPicker(): Picker {
  let pointer = 0;
  return {
    pick(endpoints, eligible) {
      const start = pointer;
      for (let tested = 0; tested < endpoints.length; tested += 1) {
        const index = (start + tested) % endpoints.length;
        const endpoint = endpoints[index];
        if (endpoint && eligible(endpoint)) {
          pointer = (index + 1) % endpoints.length;
          return endpoint;
        }
      }
      pointer = endpoints.length === 0 ? 0 : (start + 1) % endpoints.length;
      return undefined;
    },
    /** Whose turn it is stays so; if that endpoint is gone, it is the turn of the next one that stayed. */
    onEndpointsChanged(previous, next) {
      for (let step = 0; step < previous.length; step += 1) {
        const candidate = previous[(pointer + step) % previous.length];
        const place = next.findIndex((endpoint) => endpoint.id === candidate?.id);
        if (place !== -1) {
          pointer = place;
          return;
        }
      }
      pointer = 0;
    },
  };
}
