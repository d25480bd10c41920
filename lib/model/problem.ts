/** One thing that is wrong, at a dotted path of the input such as `endpointConfig.production_endpoints.1.url`. */
export type ProblemItem = { path: string; message: string };

export type ProblemKind =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "stale"
  | "too-large"
  | "unsupported-media-type"
  | "too-many-requests";

/**
 * An expected failure, told to the caller as it is. Everything else that is thrown is a fault of ours. Adapters
 * translate the kind: HTTP has one status table, a form shows items at their fields.
 */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly items: readonly ProblemItem[];
  /** Seconds after which trying again makes sense, for "too-many-requests". */
  readonly retryAfterSeconds: number | undefined;

  constructor(kind: ProblemKind, message: string, items: readonly ProblemItem[] = [], retryAfterSeconds?: number) {
    super(message);
    this.name = "Problem";
    this.kind = kind;
    this.items = items;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
