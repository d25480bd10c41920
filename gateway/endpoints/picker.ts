import type { EndpointRuntime } from "./endpoint-runtime.ts";

/** Whether the picking request may have this endpoint now. */
export type Eligible = (endpoint: EndpointRuntime) => boolean;

/**
 * Chooses an endpoint of a group. A picker holds no more than its place in the rotation; readiness is the group's to say.
 */
export type Picker = {
  pick(endpoints: readonly EndpointRuntime[], eligible: Eligible): EndpointRuntime | undefined;
  /** The list of endpoints was replaced; `previous` is what it was. */
  onEndpointsChanged(previous: readonly EndpointRuntime[], next: readonly EndpointRuntime[]): void;
};
