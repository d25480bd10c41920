import type { DecisionTrace } from "../decisions/decision-trace.ts";
import type { GroupRuntime, Refusal, Selection } from "../endpoints/group-runtime.ts";
import type { RequestSession } from "../endpoints/sessions/session-manager.ts";
import type { ExchangeContext } from "./exchange-context.ts";
import { type GatewayError, notReady } from "./gateway-error.ts";

/** Chooses an endpoint; whom it passed by stands in `context.decisions.passedBy` until somebody chooses again. */
export function pickFor(
  { decisions, sessions, now }: Pick<ExchangeContext, "decisions" | "sessions" | "now">,
  group: GroupRuntime,
  tried: ReadonlySet<string>,
  session: RequestSession,
): Selection | Refusal {
  decisions.passedBy.length = 0;
  return sessions.pick(group, session, tried, now(), decisions.passedBy);
}

/** Notes which group serves, whether the client named a session, and whether the group knows it. */
export function noteGroup(decision: DecisionTrace, group: GroupRuntime, session: RequestSession): void {
  const { boundEndpointId, keys, cookies } = session;
  decision.servedBy(group.kind, group.mayFailOver);
  decision.inSession(group.session.kind, keys.length > 0 || cookies.length > 0, boundEndpointId);
}

/** What the client gets when there is nothing to try. @param now ms of the monotonic clock */
export function refused(group: GroupRuntime, refusal: Refusal, now: number): GatewayError {
  return notReady(group, refusal, stateWord(group, now));
}

/** The state of a single endpoint that is not ready, in Synapse's words: it knows neither checks nor draining. */
function stateWord({ endpoints: [endpoint] }: GroupRuntime, now: number): string {
  if (!endpoint) return "OFF";
  const { state, isFoundDown } = endpoint.view(now);
  if (state.kind !== "active") return state.kind.toUpperCase();
  return isFoundDown ? "SUSPENDED" : "OFF";
}
