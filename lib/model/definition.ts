import { z } from "zod";

/** Largest OpenAPI document, octets in UTF-8: 10 MiB. */
export const maxDefinitionBytes = 10 * 1024 * 1024;

export const definitionSyntaxes = ["yaml", "json"] as const;
export type DefinitionSyntax = (typeof definitionSyntaxes)[number];

const definitionSyntaxSchema = z.enum(definitionSyntaxes, { error: "The syntax is yaml or json." });

/** Which OpenAPI document an API has. The text is kept once for all revisions that have it, by its SHA-256 in hex. */
export const definitionReferenceSchema = z.strictObject({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  syntax: definitionSyntaxSchema,
});
export type DefinitionReference = z.infer<typeof definitionReferenceSchema>;

/** An OpenAPI document as it was written. */
export const definitionTextSchema = z.strictObject({
  text: z
    .string()
    .min(1, "The definition is empty.")
    .max(maxDefinitionBytes, "An OpenAPI document has at most 10 MiB."),
  syntax: definitionSyntaxSchema,
});
export type DefinitionText = z.infer<typeof definitionTextSchema>;
