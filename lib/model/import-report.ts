/** What becomes of something that a project to be imported says. */
export const importOutcomes = ["taken", "changed", "left"] as const;
export type ImportOutcome = (typeof importOutcomes)[number];

/** One line of what an import takes, changes and leaves behind. */
export type ImportLine = {
  outcome: ImportOutcome;
  /** In words of the domain, for example "Context". */
  subject: string;
  /** What it says, or what it becomes. */
  detail: string;
  /** Why it is changed or left behind, and what can be done; "" where it is taken. */
  reason: string;
};

/** What importing a project would do, or did. */
export type ImportReport = {
  /** Which tool wrote the project. */
  form: "4.x" | "3.x";
  name: string;
  version: string;
  context: string;
  /** Environments that the project has values for, and the one whose values are taken; null: those of the API itself. */
  environments: string[];
  environment: string | null;
  lines: ImportLine[];
};
