import type { ErrorCode } from "../../lib/model/error-code.ts";
import type { Behaviour, EndpointAnswer, Step } from "./case.ts";
import type { HostileBehaviour } from "./hostile-behaviours.ts";

/** All of these endpoints do the same: all("A B", "refuses"). */
export function all(ids: string, behaviour: Behaviour): Record<string, Behaviour> {
  return Object.fromEntries(ids.split(" ").map((id) => [id, behaviour]));
}

/** So many requests with nothing special about them. */
export function requests(times: number): NonNullable<Step["send"]> {
  return { times };
}

export function answers(answer: EndpointAnswer): Behaviour {
  return { answers: answer };
}

export function fails(code: ErrorCode): Behaviour {
  return { fails: code };
}

export function hostile(behaviour: HostileBehaviour): Behaviour {
  return { hostile: behaviour };
}
