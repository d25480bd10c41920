import type { ApiDocument } from "./api.ts";
import { operationMethods } from "./operation.ts";

type Described = Pick<ApiDocument, "displayName" | "version" | "description" | "operations">;

/**
 * A minimal OpenAPI 3.0 document for an API that has none of its own: its operations and their parameters in the path;
 * every method at every path where nobody said which operations it has.
 */
export function generatedDefinition({ displayName, version, description, operations }: Described): object {
  const everything = operationMethods.slice(0, 5).map((method) => ({ method, path: "/*", summary: "", secured: true }));
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations.length > 0 ? operations : everything) {
    const { method, path, summary, secured } = operation;
    const item = paths[path] ?? {};
    item[method.toLowerCase()] = {
      ...(summary === "" ? {} : { summary }),
      ...(secured ? {} : { "x-auth-type": "None" }),
      ...parametersOf(path),
      responses: { default: { description: "The answer of the endpoint" } },
    };
    paths[path] = item;
  }
  return {
    openapi: "3.0.3",
    info: { title: displayName, version, ...(description === "" ? {} : { description }) },
    paths,
  };
}

function parametersOf(path: string): { parameters?: object[] } {
  const names = new Set([...path.matchAll(/\{([^}]*)\}/g)].map(([, name = ""]) => name));
  if (names.size === 0) return {};
  return {
    parameters: [...names].map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
  };
}
