import type { ErrorCode } from "../../lib/model/error-code.ts";
import type { Behaviour, EndpointAnswer } from "./case.ts";

/** What an attempt at an endpoint that behaves like this comes to. */
export type MachineOutcome =
  | { kind: "answer"; answer: EndpointAnswer }
  | { kind: "error"; code: ErrorCode; wasSent: boolean };

const failures = {
  refuses: { code: 101503, wasSent: false },
  resets: { code: 101500, wasSent: true },
  closes: { code: 101505, wasSent: true },
  stalls: { code: 101504, wasSent: true },
  "talks-nonsense": { code: 101506, wasSent: true },
} as const;

export function machineOutcome(behaviour: Behaviour): MachineOutcome {
  if (behaviour === "answers") return { kind: "answer", answer: {} };
  if (typeof behaviour === "string") return { kind: "error", ...failures[behaviour] };
  if ("answers" in behaviour) return { kind: "answer", answer: behaviour.answers };
  if ("fails" in behaviour) return { kind: "error", code: behaviour.fails, wasSent: !behaviour.unsent };
  throw new Error(`${behaviour.hostile} needs sockets`);
}
