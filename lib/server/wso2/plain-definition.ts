import { stringify } from "yaml";

/** Methods that a project names for an API that names no operations of its own. */
const everyVerb = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

/**
 * The OpenAPI document that an exported project gets where its API has none of its own: every method at every path, which
 * is what gateways serve. Read back it is none.
 */
export function plainDefinition(api: { name: string; version: string; description: string }): Record<string, unknown> {
  const { name, version, description } = api;
  const operation = { responses: { default: { description: "The answer of the endpoint" } } };
  return {
    openapi: "3.0.1",
    info: { title: name, version, description },
    paths: { "/*": Object.fromEntries(everyVerb.map((verb) => [verb.toLowerCase(), operation])) },
  };
}

/** The operations that such a project gets: WSO2 wants at least one, and tells by them whether an API is open. */
export function everyOperation(apiKeyRequired: boolean): object[] {
  const authType = apiKeyRequired ? "Application & Application User" : "None";
  return everyVerb.map((verb) => ({ target: "/*", verb, authType, throttlingPolicy: "Unlimited" }));
}

/** A file of a project; the same value is the same text. */
export function writeFile(value: unknown, syntax: "yaml" | "json"): string {
  if (syntax === "json") return `${JSON.stringify(value, null, 2)}\n`;
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
