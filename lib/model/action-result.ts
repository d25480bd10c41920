import type { ProblemItem, ProblemKind } from "./problem.ts";

/** What a form action answers: the value, or what was wrong and where. "unexpected": our fault, its id is in the log. */
export type ActionResult<T> =
  | { ok: true; value: T }
  | {
      ok: false;
      problem: { kind: ProblemKind | "unexpected"; message: string; items: readonly ProblemItem[] };
    };
