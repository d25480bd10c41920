import "server-only";
import { z } from "zod";
import { availableTransitions, type LifecycleState, lifecycleActions, lifecycleStates } from "../../model/lifecycle.ts";

/** Where an API is in its lifecycle, and where it can go from there. */
export const lifecycleStateRepresentation = z
  .strictObject({
    state: z.enum(lifecycleStates),
    availableTransitions: z.array(
      z.strictObject({ event: z.enum(lifecycleActions), targetState: z.enum(lifecycleStates) }),
    ),
  })
  .meta({ id: "LifecycleState" });

export function lifecycleRepresentation(state: LifecycleState): z.input<typeof lifecycleStateRepresentation> {
  return { state, availableTransitions: [...availableTransitions(state)] };
}
