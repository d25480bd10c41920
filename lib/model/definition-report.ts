import { z } from "zod";
import { definitionSyntaxes } from "./definition.ts";
import { operationMethods } from "./operation.ts";

/** An operation as an OpenAPI document says it. */
export const definedOperationSchema = z.strictObject({
  method: z.enum(operationMethods),
  /** Template, "/orders/{id}". */
  path: z.string(),
  summary: z.string(),
  /** Whether callers need a key: false where the document says `x-auth-type: None`, as WSO2 writes it. */
  secured: z.boolean(),
});
export type DefinedOperation = z.infer<typeof definedOperationSchema>;

/** One thing that is wrong with a document, and where; both count from 1. */
export const definitionProblemSchema = z.strictObject({ line: z.int(), column: z.int(), message: z.string() });
export type DefinitionProblem = z.infer<typeof definitionProblemSchema>;

/** What an OpenAPI document says that Fairlead uses. */
export const definitionSummarySchema = z.strictObject({
  syntax: z.enum(definitionSyntaxes),
  /** As the document says it, "3.0.3" or "2.0". */
  specification: z.string(),
  title: z.string(),
  version: z.string(),
  description: z.string(),
  /** Absolute URLs of its servers, variables filled in with their defaults. */
  servers: z.array(z.string()),
  operations: z.array(definedOperationSchema),
});
export type DefinitionSummary = z.infer<typeof definitionSummarySchema>;

/** What became of reading a document: what it says, or all that is wrong with it. */
export type DefinitionReport =
  | { ok: true; summary: DefinitionSummary }
  | { ok: false; problems: readonly DefinitionProblem[] };

/** Most problems that are told of one document. */
export const mostDefinitionProblems = 50;

/** "Line 3, column 7: …", for where there is no editor to mark it in. */
export function problemInLine({ line, column, message }: DefinitionProblem): string {
  return `Line ${line}, column ${column}: ${message}`;
}
