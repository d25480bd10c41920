import { z } from "zod";
import type { DefinitionSyntax } from "../../model/definition.ts";
import {
  type DefinitionReport,
  definitionProblemSchema,
  definitionSummarySchema,
} from "../../model/definition-report.ts";
import { readInThread } from "../read-in-thread.ts";
import type { DefinitionTask } from "./definition-task.ts";

const reportSchema = z.discriminatedUnion("ok", [
  z.strictObject({ ok: z.literal(true), summary: definitionSummarySchema }),
  z.strictObject({ ok: z.literal(false), problems: z.array(definitionProblemSchema) }),
]);

/**
 * Reads a document in a thread of its own, so that no other request waits for it. Problems: too-many-requests while many
 * others are read; invalid when it takes too long or too much memory.
 */
export async function readDefinition(text: string, fetchedFrom?: string): Promise<DefinitionReport> {
  return reportSchema.parse(await inThread({ kind: "check", text, fetchedFrom }));
}

/** A stored document in one of its syntaxes: as it was written where it was written so. Problems as above. */
export async function definitionIn(
  { text, syntax }: { text: string; syntax: DefinitionSyntax },
  to: DefinitionSyntax,
): Promise<string> {
  return syntax === to ? text : z.string().parse(await inThread({ kind: "convert", text, to }));
}

function inThread(task: DefinitionTask): Promise<unknown> {
  const advice = "Make it smaller, or split the API.";
  return readInThread("lib/server/definitions/definition-thread.ts", task, {
    path: "definition",
    what: "document",
    advice,
  });
}
