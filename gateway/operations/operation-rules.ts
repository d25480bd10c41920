import { operationMethods } from "../../lib/model/operation.ts";
import type { SnapshotApi, SnapshotOperation } from "../../lib/model/snapshot.ts";
import { OperationTree } from "./operation-tree.ts";
import { readPath } from "./path-readings.ts";

/** What operations say of a request. */
export type OperationVerdict =
  | {
      kind: "served";
      /** Whose limit counts it; undefined: none has its path and method. */
      operation: SnapshotOperation | undefined;
      /** Whether it needs no key. */
      isOpen: boolean;
    }
  | { kind: "no-path" }
  /** `allow` is the methods that the path has, as Allow names them. */
  | { kind: "no-method"; allow: string };

/**
 * The operations of an API, prepared for requests. A path that servers may understand in two ways gets the stricter of
 * both: it is served, and open, only where both readings are; what it counts for is what a lenient server would do.
 */
export class OperationRules {
  readonly #tree: OperationTree;
  readonly #servesOnlyThese: boolean;

  /** Undefined where operations change nothing: everything is served, by the API's own rules. */
  static of(api: SnapshotApi): OperationRules | undefined {
    return api.operations && new OperationRules(api.operations, api.runtime?.onlyOperations ?? false);
  }

  private constructor(operations: readonly SnapshotOperation[], servesOnlyThese: boolean) {
    this.#tree = new OperationTree(operations);
    this.#servesOnlyThese = servesOnlyThese;
  }

  /** @param rest what is left of the path after the API's prefix */
  check(method: string, rest: string): OperationVerdict {
    const { plain, lenient } = readPath(rest);
    const first = this.#tree.find(method, plain);
    const second = lenient ? this.#tree.find(method, lenient) : first;
    if (this.#servesOnlyThese) {
      const lacking = first.operation ? second : first;
      if (!lacking.operation) return refusal(lacking.methods);
    }
    return {
      kind: "served",
      operation: second.operation ?? first.operation,
      isOpen: isOpen(first.operation) && isOpen(second.operation),
    };
  }
}

function isOpen(operation: SnapshotOperation | undefined): boolean {
  return operation?.secured === false;
}

function refusal(methods: ReadonlySet<string>): OperationVerdict {
  if (methods.size === 0) return { kind: "no-path" };
  return { kind: "no-method", allow: operationMethods.filter((method) => methods.has(method)).join(", ") };
}
