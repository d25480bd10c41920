import { z } from "zod";
import { archiveTooLarge, importReportSchema, maxArchiveBytes } from "@/lib/model/import-report.ts";

/** What a person decides about an import; "" and false: as the project says. */
export type ImportChoices = { environment: string; name: string; version: string; context: string; overwrite: boolean };

export const noChoices: ImportChoices = { environment: "", name: "", version: "", context: "", overwrite: false };

const itemSchema = z.object({ path: z.string(), message: z.string() });
const changeSchema = z.object({ subject: z.string(), before: z.string().nullable(), after: z.string().nullable() });

/** A report, and what became of the API, or would. */
const answerSchema = z.object({
  ...importReportSchema.shape,
  id: z.string().nullable(),
  action: z.enum(["create", "update", "none", "refused"]),
  changes: z.array(changeSchema),
  message: z.string().nullable(),
  errors: z.array(itemSchema),
});
export type ImportAnswer = z.infer<typeof answerSchema>;

const errorSchema = z.object({ description: z.string() });

const deadlineMs = 30_000;
const address = "/api/am/publisher/v4/apis/import";

/**
 * Sends an archive to be imported, or, with `dryRun`, to be told what would become of it.
 *
 * @throws Error in words for people
 */
export async function sendArchive(file: File, choices: ImportChoices, dryRun: boolean): Promise<ImportAnswer> {
  if (file.size > maxArchiveBytes) throw new Error(`${file.name} is too large. ${archiveTooLarge}`);
  const query = new URLSearchParams({ dryRun: String(dryRun), overwrite: String(choices.overwrite) });
  for (const key of ["environment", "name", "version", "context"] as const) {
    if (choices[key] !== "") query.set(key, choices[key]);
  }
  const response = await fetch(`${address}?${query}`, {
    method: "POST",
    headers: { "content-type": "application/zip" },
    body: file,
    signal: AbortSignal.timeout(deadlineMs),
    redirect: "error",
  }).catch(() => {
    throw new Error("The publisher cannot be reached. Nothing was imported; try again in a moment.");
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answerSchema.parse(body);
  if (response.status === 401) throw new Error("Your session has ended. Sign in again to go on.");
  const told = errorSchema.safeParse(body).data?.description;
  throw new Error(told ?? "The publisher did not answer as expected. Nothing was imported; try again.");
}
