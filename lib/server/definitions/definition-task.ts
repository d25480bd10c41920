import { z } from "zod";
import { definitionSyntaxes } from "../../model/definition.ts";

/** What a thread does with one document. */
export const definitionTaskSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("check"), text: z.string(), fetchedFrom: z.string().optional() }),
  z.strictObject({ kind: z.literal("convert"), text: z.string(), to: z.enum(definitionSyntaxes) }),
]);
export type DefinitionTask = z.infer<typeof definitionTaskSchema>;
