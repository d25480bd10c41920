import type { DefinedOperation } from "./definition-report.ts";
import { type Operation, operationKey } from "./operation.ts";

/** What a document changes of the operations of an API, as its author reads it. */
export type OperationChanges = {
  added: DefinedOperation[];
  /** Those that stay with another summary or other names of parameters, as they become. */
  changed: DefinedOperation[];
  removed: Pick<Operation, "method" | "path" | "summary" | "secured">[];
  /** How many stay as they are. */
  kept: number;
};

/**
 * The operations of an API once a document says which there are: those of the document, in its order. One that stays
 * keeps its security and its rate limit, whatever the document says: they are the publisher's.
 */
export function mergedOperations(
  present: readonly Operation[],
  defined: readonly DefinedOperation[],
): { operations: Operation[]; changes: OperationChanges } {
  const old = new Map(present.map((operation) => [operationKey(operation), operation]));
  const now = new Set(defined.map(operationKey));
  const changes: OperationChanges = { added: [], changed: [], removed: [], kept: 0 };
  const operations = defined.map((operation) => {
    const previous = old.get(operationKey(operation));
    if (!previous) {
      changes.added.push(operation);
      return { ...operation, rateTier: null };
    }
    const { secured, rateTier } = previous;
    if (previous.path === operation.path && previous.summary === operation.summary) changes.kept += 1;
    else changes.changed.push({ ...operation, secured });
    return { ...operation, secured, rateTier };
  });
  changes.removed = present
    .filter((operation) => !now.has(operationKey(operation)))
    .map(({ method, path, summary, secured }) => ({ method, path, summary, secured }));
  return { operations, changes };
}
