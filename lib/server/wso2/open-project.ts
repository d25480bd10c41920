import { z } from "zod";
import { archiveTooLarge, maxArchiveBytes } from "../../model/import-report.ts";
import { Problem } from "../../model/problem.ts";
import { readInThread } from "../read-in-thread.ts";
import { type Project, projectSchema } from "./read-project.ts";

const answerSchema = z.discriminatedUnion("ok", [
  z.strictObject({ ok: z.literal(true), project: projectSchema }),
  z.strictObject({ ok: z.literal(false), message: z.string() }),
]);
/** What became of an archive in its thread. */
export type ProjectAnswer = z.infer<typeof answerSchema>;

/**
 * Reads the project of an archive in a thread of its own: what is packed may be a hundred times as long. Problems:
 * too-large; invalid at `file`; too-many-requests while many others are read.
 */
export async function openProject(archive: Uint8Array): Promise<Project> {
  if (archive.length > maxArchiveBytes) throw new Problem("too-large", archiveTooLarge);
  const advice = "Import an API with fewer or smaller files.";
  const words = { path: "file", what: "archive", advice };
  const answer = answerSchema.parse(await readInThread("lib/server/wso2/project-thread.ts", archive, words));
  if (answer.ok) return answer.project;
  throw new Problem("invalid", answer.message, [{ path: "file", message: answer.message }]);
}
