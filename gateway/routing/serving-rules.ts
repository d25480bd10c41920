import { type CorsRules, corsFields, corsRules } from "../../lib/model/cors.ts";
import { type FieldEdits, fieldEdits } from "../../lib/model/header-rule.ts";
import type { SnapshotApi } from "../../lib/model/snapshot.ts";
import type { RateLimits } from "../limits/rate-limits.ts";
import { OperationRules } from "../operations/operation-rules.ts";
import { type OwnFields, ownFieldsOf } from "../proxy/credentials.ts";
import type { TokenCheck } from "../tokens/token-checks.ts";

/** What an API's runtime settings say, prepared for requests: what is not set costs them a comparison at most. */
export type ServingRules = {
  /** Which credentials stay here. */
  ownFields: OwnFields;
  /** Undefined: no tokens are taken. */
  tokens: TokenCheck | undefined;
  /** Longest body of a request, octets; Infinity: as long as they come. */
  maxRequestBodyBytes: number;
  /** Undefined: nothing is limited. */
  rateLimits: RateLimits | undefined;
  /** Undefined: operations change nothing. */
  operations: OperationRules | undefined;
  /** Undefined: browsers are answered by endpoints. */
  cors: CorsRules | undefined;
  /** Undefined: requests go on with the fields that they have. */
  requestEdits: FieldEdits | undefined;
  /** Undefined: so do answers. Always there with CORS, which takes the endpoint's own out. */
  responseEdits: FieldEdits | undefined;
};

type BrowserRules = Pick<ServingRules, "cors" | "requestEdits" | "responseEdits">;

const none: BrowserRules = { cors: undefined, requestEdits: undefined, responseEdits: undefined };

function browserRules(runtime: SnapshotApi["runtime"]): BrowserRules {
  if (!runtime) return none;
  const cors = corsRules(runtime.cors);
  const edits = fieldEdits(runtime.headerRules.response);
  return {
    cors,
    requestEdits: fieldEdits(runtime.headerRules.request),
    responseEdits: cors
      ? { removed: new Set([...corsFields, ...(edits?.removed ?? [])]), added: edits?.added ?? [] }
      : edits,
  };
}

export function servingRules(
  api: SnapshotApi,
  { rateLimits, tokens }: Pick<ServingRules, "rateLimits" | "tokens">,
): ServingRules {
  return {
    ownFields: ownFieldsOf(api),
    tokens,
    maxRequestBodyBytes: api.runtime?.maxRequestBodyBytes ?? Number.POSITIVE_INFINITY,
    rateLimits,
    operations: OperationRules.of(api),
    ...browserRules(api.runtime),
  };
}
