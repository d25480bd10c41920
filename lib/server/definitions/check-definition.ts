import type { DefinitionProblem, DefinitionReport } from "../../model/definition-report.ts";
import { mostOperations } from "../../model/operation.ts";
import { isRecord } from "../../model/wso2-value.ts";
import { readOperations } from "./definition-operations.ts";
import { referenceProblems } from "./definition-references.ts";
import { schemaProblems } from "./definition-schema.ts";
import { definitionServers } from "./definition-servers.ts";
import { type DefinitionSource, readDefinitionSource } from "./definition-source.ts";

/**
 * Reads an OpenAPI document: what it says, or all that is wrong with it. It takes as long as the document is large, so
 * the publisher does it in a thread of its own.
 *
 * @param fetchedFrom where it was fetched, for servers that are relative to it
 */
export async function checkDefinition(text: string, fetchedFrom?: string): Promise<DefinitionReport> {
  const read = readDefinitionSource(text);
  if (!read.ok) return { ok: false, problems: [read.problem] };
  const { source } = read;
  const { value } = source;
  if (!isRecord(value)) return { ok: false, problems: [source.problemAt([], notOpenApi)] };
  for (const look of [missingParts, referenceProblems]) {
    const problems = look(source);
    if (problems.length > 0) return { ok: false, problems };
  }
  const { operations, problems: unservable } = readOperations(source);
  // So many that nobody serves them are not looked at one by one.
  if (operations.length > mostOperations) return { ok: false, problems: unservable };
  const problems = [...unservable, ...(await schemaProblems(source, value))];
  if (problems.length > 0) return { ok: false, problems };
  const { title = "", version = "", description = "" } = isRecord(value.info) ? value.info : {};
  return {
    ok: true,
    summary: {
      syntax: source.syntax,
      specification: String(value.openapi ?? value.swagger),
      title: String(title),
      version: String(version),
      description: String(description),
      servers: definitionServers(value, fetchedFrom),
      operations,
    },
  };
}

const notOpenApi =
  "This is no OpenAPI document: openapi: 3.0.x, openapi: 3.1.x or swagger: “2.0” is expected at its top.";

/** Told alone, before anything that follows from it. */
function missingParts({ value, problemAt }: DefinitionSource): DefinitionProblem[] {
  if (!isRecord(value)) return [];
  const wrongVersion = versionProblem(value);
  if (wrongVersion) return [problemAt([wrongVersion.field], wrongVersion.message)];
  const missing = [];
  if (!isRecord(value.info)) missing.push(problemAt(["info"], "info is missing: a title and a version are expected."));
  if (!isRecord(value.paths)) missing.push(problemAt(["paths"], "paths is missing: an API has at least one path."));
  return missing;
}

function versionProblem({ openapi, swagger }: Record<string, unknown>): { field: string; message: string } | undefined {
  const field = openapi === undefined ? "swagger" : "openapi";
  const version = openapi ?? swagger;
  if (version === undefined) return { field, message: notOpenApi };
  const known = field === "openapi" ? /^3\.[01](\.\d+)?(-\S*)?$/ : /^2\.0$/;
  if (typeof version === "string" && known.test(version)) return undefined;
  const isUnquoted = typeof version === "number";
  const message = isUnquoted
    ? `${field} is a text: write it in quotes, "${version === 2 ? "2.0" : version}".`
    : `${field} ${String(version)} is not read here: OpenAPI 3.0, OpenAPI 3.1 and Swagger 2.0 are.`;
  return { field, message };
}
