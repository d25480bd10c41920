import type { ProblemItem, ProblemKind } from "./problem.ts";

/** What a form action answers: the value, or what was wrong and where. */
export type ActionResult<T> =
  | { ok: true; value: T }
  | { ok: false; problem: { kind: ProblemKind; message: string; items: readonly ProblemItem[] } };
