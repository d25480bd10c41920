import type { ProblemItem, ProblemKind } from "./problem.ts";

/** What was wrong with what a form asked for, and where. "unexpected": our fault, its id is in the log. */
export type FormProblem = { kind: ProblemKind | "unexpected"; message: string; items: readonly ProblemItem[] };

/** What a form action answers: the value, or what was wrong. */
export type ActionResult<T> = { ok: true; value: T } | { ok: false; problem: FormProblem };
