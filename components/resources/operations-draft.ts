import type { Api } from "@/lib/model/api.ts";
import type { ApiChanges } from "@/lib/model/api-changes.ts";
import { type Operation, operationKey } from "@/lib/model/operation.ts";

/** What the page Resources changes of an API. */
export type OperationsDraft = { operations: readonly Operation[]; onlyOperations: boolean };

export function draftOf({ operations, runtime }: Api): OperationsDraft {
  return { operations, onlyOperations: runtime.onlyOperations };
}

/** What differs of a draft from what it began with; empty: nothing. */
export function changesOf(draft: OperationsDraft, before: OperationsDraft): ApiChanges {
  const { operations, onlyOperations } = draft;
  return {
    ...(!isSame(operations, before.operations) && { operations: [...operations] }),
    ...(onlyOperations !== before.onlyOperations && { runtime: { onlyOperations } }),
  };
}

/** What was changed of a draft, on top of what somebody else saved meanwhile. */
export function rebased(draft: OperationsDraft, before: OperationsDraft, newest: OperationsDraft): OperationsDraft {
  return {
    operations: isSame(draft.operations, before.operations) ? newest.operations : draft.operations,
    onlyOperations: draft.onlyOperations === before.onlyOperations ? newest.onlyOperations : draft.onlyOperations,
  };
}

function isSame(one: readonly Operation[], other: readonly Operation[]): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** Operations with the same path, in the order in which the paths come first. */
export function byPath(operations: readonly Operation[]): [path: string, operations: Operation[]][] {
  const paths = new Map<string, Operation[]>();
  for (const operation of operations) {
    const known = paths.get(operation.path);
    if (known) known.push(operation);
    else paths.set(operation.path, [operation]);
  }
  return [...paths];
}

/** Those that have all words that somebody looks for, in their method, path or summary. */
export function matching(operations: readonly Operation[], looked: string): readonly Operation[] {
  const words = looked.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return operations;
  return operations.filter(({ method, path, summary }) => {
    const text = `${method} ${path} ${summary}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The operation changed, all others as they were: rows that did not change are not drawn again. */
export function withOperation(draft: OperationsDraft, changed: Operation): OperationsDraft {
  const key = operationKey(changed);
  return { ...draft, operations: draft.operations.map((one) => (operationKey(one) === key ? changed : one)) };
}

export function withoutOperation(draft: OperationsDraft, gone: Operation): OperationsDraft {
  const key = operationKey(gone);
  return { ...draft, operations: draft.operations.filter((one) => operationKey(one) !== key) };
}

/** Takes a removal back: the operation is where it was, unless it is there again. */
export function withRemoved(draft: OperationsDraft, operation: Operation, index: number): OperationsDraft {
  const key = operationKey(operation);
  if (draft.operations.some((one) => operationKey(one) === key)) return draft;
  return { ...draft, operations: draft.operations.toSpliced(index, 0, operation) };
}
