import { stringify } from "yaml";

/** Methods that a project names for an API that names no operations of its own. */
const everyVerb = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

/**
 * The operations that a project gets whose API names none: WSO2 wants at least one, and tells by them whether an API is
 * open. Read back they are none.
 */
export function everyOperation(isSecured: boolean): object[] {
  const authType = isSecured ? "Application & Application User" : "None";
  return everyVerb.map((verb) => ({ target: "/*", verb, authType, throttlingPolicy: "Unlimited" }));
}

/**
 * An operation of an open API: WSO2 has to be told that it asks for nothing, and we, that it would if the API were not
 * open.
 */
export function openOperation<Operation extends { authType: string }>(operation: Operation): object {
  return operation.authType === "None" ? operation : { ...operation, authType: "None", secured: true };
}

/** Whether callers of an operation need a key, as far as it is up to the operation. */
export function isSecured({ authType, secured }: Record<string, unknown>): boolean {
  return secured === true || String(authType ?? "").toLowerCase() !== "none";
}

/** Whether operations are those that an export made up. */
export function isEveryOperation(operations: readonly unknown[]): boolean {
  const text = JSON.stringify(operations);
  return [true, false].some((secured) => text === JSON.stringify(everyOperation(secured)));
}

/** A file of a project; the same value is the same text. */
export function writeFile(value: unknown, syntax: "yaml" | "json"): string {
  if (syntax === "json") return `${JSON.stringify(value, null, 2)}\n`;
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
