import type { notReadyCodes } from "../../lib/model/error-code.ts";
import type { EndpointRuntime } from "./endpoint-runtime.ts";

/** An endpoint that a request may try now. It has to be settled, whatever becomes of the request. */
export type Selection = {
  readonly kind: "selection";
  readonly endpoint: EndpointRuntime;
  /** Episode of the endpoint's state when it was picked. */
  readonly episode: number;
  /** Whether this attempt is the one that finds out if a suspended endpoint is well again. */
  readonly probing: boolean;
  /** Number of the probe; 0 when it is none. */
  readonly probe: number;
  /** Whether a session chose the endpoint rather than its turn. */
  readonly viaSession: boolean;
  isSettled: boolean;
};

/** Nothing to try. `retryAfterMs` is when the first endpoint may be ready again. */
export type Refusal = {
  readonly kind: "refusal";
  readonly code: (typeof notReadyCodes)[keyof typeof notReadyCodes];
  readonly retryAfterMs: number;
};
