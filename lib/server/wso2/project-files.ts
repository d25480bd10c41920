import { stringify } from "yaml";

/** Methods that a project names for an API that names no operations of its own. */
const everyVerb = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

/**
 * The operations that a project gets whose API names none: WSO2 wants at least one, and tells by them whether an API is
 * open. Read back they are none.
 */
export function everyOperation(apiKeyRequired: boolean): object[] {
  const authType = apiKeyRequired ? "Application & Application User" : "None";
  return everyVerb.map((verb) => ({ target: "/*", verb, authType, throttlingPolicy: "Unlimited" }));
}

/** Whether operations are those that an export made up. */
export function isEveryOperation(operations: readonly unknown[]): boolean {
  const text = JSON.stringify(operations);
  return [true, false].some((isKeyRequired) => text === JSON.stringify(everyOperation(isKeyRequired)));
}

/** A file of a project; the same value is the same text. */
export function writeFile(value: unknown, syntax: "yaml" | "json"): string {
  if (syntax === "json") return `${JSON.stringify(value, null, 2)}\n`;
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
