import { z } from "zod";

/** What becomes of something that a project to be imported says. */
export const importOutcomes = ["taken", "changed", "left"] as const;

/** One line of what an import takes, changes and leaves behind. */
export const importLineSchema = z.strictObject({
  outcome: z.enum(importOutcomes),
  /** In words of the domain, for example "Context". */
  subject: z.string(),
  detail: z.string().meta({ description: "What it says, or what it becomes." }),
  reason: z.string().meta({ description: "Why it is changed or left behind; empty where it is taken." }),
});
export type ImportLine = z.infer<typeof importLineSchema>;

/** What importing a project would do, or did. */
export const importReportSchema = z.strictObject({
  form: z.enum(["4.x", "3.x"]).meta({ description: "Which tools write such projects." }),
  name: z.string(),
  version: z.string(),
  context: z.string(),
  environments: z.array(z.string()).meta({ description: "Environments that params.yaml has values for." }),
  environment: z.string().nullable().meta({ description: "Whose values are taken; null: those of the API itself." }),
  lines: z.array(importLineSchema).meta({ description: "What is taken, changed and left behind." }),
});
export type ImportReport = z.infer<typeof importReportSchema>;

/** Largest archive that is taken, in octets. */
export const maxArchiveBytes = 10 * 1024 * 1024;

/** Why a larger one is not. */
export const archiveTooLarge = `An archive has at most ${maxArchiveBytes / 1024 / 1024} MB.`;
