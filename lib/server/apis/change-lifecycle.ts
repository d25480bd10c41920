import { documentFromRow } from "../../db/api-row.ts";
import type { Api } from "../../model/api.ts";
import { availableTransitions, type LifecycleState, needsEndpoint } from "../../model/lifecycle.ts";
import { Problem } from "../../model/problem.ts";
import { changeConfiguration } from "../change-configuration.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { getApiRow } from "./find-api.ts";
import { replaceDocument } from "./write-api.ts";

/**
 * Moves an API along its lifecycle: `action` is the event of a transition, such as "Publish".
 * Problems: not-found, forbidden; invalid at `action` (not available in this state) or `endpointConfig` (none to publish).
 */
export async function changeLifecycle(context: ServerContext, id: string, action: string): Promise<Api> {
  const permission = requirePermission(context, "api.lifecycle");
  return changeConfiguration(context, async (tx, revision) => {
    const row = await getApiRow(permission, tx, id);
    const before = documentFromRow(row);
    const transition = availableTransitions(before.lifecycleState).find(({ event }) => event === action);
    if (!transition) throw unavailable(before.lifecycleState, action);
    if (needsEndpoint(transition.targetState) && !before.endpointConfig) {
      const message = "Publishing needs an endpoint. Configure one under Endpoints first.";
      throw new Problem("invalid", message, [{ path: "endpointConfig", message }]);
    }
    const after = { ...before, lifecycleState: transition.targetState };
    const words = { revision, revisionAction: transition.event, auditAction: "api.lifecycle" };
    return replaceDocument(tx, context, row, after, words);
  });
}

function unavailable(state: LifecycleState, action: string): Problem {
  const events = availableTransitions(state).map(({ event }) => event);
  const possible = events.length > 0 ? `Possible now: ${events.join(", ")}.` : "Nothing is possible any more.";
  const message = `“${action.slice(0, 60)}” is not available while the API is ${state}. ${possible}`;
  return new Problem("invalid", message, [{ path: "action", message }]);
}
