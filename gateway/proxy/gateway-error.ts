import type { LimitLevel } from "../../lib/model/decision-record.ts";
import type { EndpointGroupKind } from "../../lib/model/endpoint-group.ts";
import {
  type ErrorCode,
  errorCodeText,
  limitCodes,
  noCredentialsCode,
  noOperationCode,
  notReadyCodes,
  tokenCodes,
} from "../../lib/model/error-code.ts";
import { type TokenRefusalReason, tokenRefusalText } from "../../lib/model/token-refusal.ts";

/** An answer that the gateway gives itself. `code` is upstream's; the HTTP status tells what it is. */
export type GatewayError = {
  status: number;
  code: string;
  message: string;
  description: string;
  /** Seconds for Retry-After. */
  retryAfterSeconds?: number;
  /** Header fields beside those of every error, as a flat list. */
  fields?: readonly string[];
  /** How a caller may say who they are, for WWW-Authenticate; absent: by a key, where that is what a 401 is about. */
  challenges?: readonly string[];
  /** Methods for Allow; absent: what gateways take at all. */
  allow?: string;
  /** The connection cannot be used for another request. */
  closes?: boolean;
};

export const keyChallenge = 'ApiKey realm="Fairlead"';

const invalidCredentials = "Invalid Credentials";

export const gatewayErrors = {
  noApi: { status: 404, code: "404", message: "Not Found", description: "No API answers at this path." },
  noOperation: {
    status: 404,
    code: noOperationCode,
    message: "No matching resource found for given API Request",
    description: "This API serves only its operations, and none of them has this path.",
  },
  keyMissing: {
    status: 401,
    code: "900902",
    message: "Missing Credentials",
    description: "This API needs a key: send it in the header apikey.",
  },
  keyInvalid: {
    status: 401,
    code: "900901",
    message: invalidCredentials,
    description: "The key is not known here, or revoked, expired or another API's.",
  },
  blocked: {
    status: 503,
    code: "700700",
    message: "API blocked",
    description: "This API has been blocked temporarily. Please try again later.",
  },
  originRefused: {
    status: 403,
    code: "403",
    message: "Forbidden",
    description: "CORS: the API does not allow this origin, or the preflight is none that a browser sends.",
  },
  malformed: {
    status: 400,
    code: "400",
    message: "Bad Request",
    description: "The request is malformed.",
    closes: true,
  },
  climbing: {
    status: 400,
    code: "400",
    message: "Bad Request",
    description: "The path has a segment that climbs up (..).",
  },
  headTooLarge: {
    status: 431,
    code: "431",
    message: "Request Header Fields Too Large",
    description: "The request's header is larger than 16 KiB or has more than 100 fields.",
    closes: true,
  },
  methodNotServed: {
    status: 405,
    code: "405",
    message: "Method Not Allowed",
    description: "CONNECT is not served here: this is no forward proxy.",
    closes: true,
  },
  fault: {
    status: 500,
    code: "500",
    message: "Internal Server Error",
    description: "The gateway failed at this request; its log has the X-Request-Id.",
    closes: true,
  },
  bodyTooLarge: {
    status: 413,
    code: "413",
    message: "Content Too Large",
    description: "The request's body is longer than this API takes.",
    closes: true,
  },
  noCredentials: {
    status: 502,
    code: noCredentialsCode,
    message: "Runtime Error",
    description: "The gateway could not get what it has to show to the endpoint. Please try again later.",
    retryAfterSeconds: 1,
  },
  slowClient: {
    status: 408,
    code: "408",
    message: "Request Timeout",
    description: "The request did not arrive in time.",
    closes: true,
  },
  tooManyConnections: {
    status: 503,
    code: "503",
    message: "Service Unavailable",
    description: "The gateway has as many connections as it takes. Please try again later.",
    retryAfterSeconds: 1,
    closes: true,
  },
} as const satisfies Record<string, GatewayError>;

/** Nobody said who calls an API that takes tokens; `orKey`: it takes keys as well. Challenge: RFC 6750 §3. */
export function tokenMissing(orKey: boolean): GatewayError {
  const needed = orKey ? "a key in the header apikey, or a token" : "a token";
  const description = `This API needs ${needed} in the header Authorization, as Bearer.`;
  return { ...gatewayErrors.keyMissing, description, challenges: orKey ? [keyChallenge, "Bearer"] : ["Bearer"] };
}

/**
 * A token lets nobody in. What the API would have accepted is not told, apart from scopes, which a client has to ask for.
 * Codes: WSO2; challenge: RFC 6750 §3.1.
 */
export function tokenRefused(reason: TokenRefusalReason, scopes: readonly string[]): GatewayError {
  const why = `The token is not accepted: ${tokenRefusalText(reason)}.`;
  if (reason === "keys-unavailable") {
    const description = `${why} Please try again later.`;
    const { keysUnavailable: code } = tokenCodes;
    return { status: 503, code, message: "Unclassified Authentication Failure", description, retryAfterSeconds: 10 };
  }
  const isScope = reason === "scope";
  const challenge = isScope
    ? `Bearer error="insufficient_scope", error_description="${why}", scope="${scopes.join(" ")}"`
    : `Bearer error="invalid_token", error_description="${why}"`;
  if (isScope) {
    const message = "The access token does not allow you to access the requested resource";
    return { status: 403, code: tokenCodes.scope, message, description: why, challenges: [challenge] };
  }
  return { ...gatewayErrors.keyInvalid, description: why, challenges: [challenge] };
}

/** A key or token of one type where the API has no endpoint of that type. */
export function noEndpointFor(keyType: "production" | "sandbox"): GatewayError {
  const description = `This key is for ${keyType}, and the API has no ${keyType} endpoint.`;
  return { status: 403, code: "900901", message: invalidCredentials, description };
}

/** The API has operations at this path, with other methods alone. Code and message: WSO2. */
export function noSuchMethod(allow: string): GatewayError {
  const description = `This API serves only its operations, and at this path those are ${allow}.`;
  return {
    status: 405,
    code: noOperationCode,
    message: "Method not allowed for given API resource",
    description,
    allow,
  };
}

/** A limit has no room for the request. Codes and message: WSO2. */
export function limitExceeded(
  level: LimitLevel,
  { tier, retryAfterSeconds, fields }: { tier: string; retryAfterSeconds: number; fields: readonly string[] },
): GatewayError {
  return {
    status: 429,
    code: limitCodes[level],
    message: "Message throttled out",
    description: `${whoseLimit[level]} have reached the limit ${tier}. Try again in ${retryAfterSeconds} s.`,
    retryAfterSeconds,
    fields,
  };
}

const whoseLimit = {
  api: "All requests to this API together",
  key: "The requests with this key",
  consumer: "The requests of this consumer",
  operation: "All requests to this operation together",
} as const satisfies Record<LimitLevel, string>;

/** What the client gets for a failed attempt. Source: Synapse; the status is ours, upstream says 500 to everything. */
export function attemptFailed(code: ErrorCode): GatewayError {
  const status = code === 101504 || code === 101508 ? 504 : 502;
  return { status, code: String(code), message: "Runtime Error", description: attemptWords(code) };
}

function attemptWords(code: ErrorCode): string {
  if (code === 101504) return "Send timeout";
  if (code === 101503) return "Error connecting to the back end";
  return errorCodeText(code);
}

/** What the client gets when nothing was attempted. Messages: Synapse, with NAME of our group. */
export function notReady(
  group: { name: string; kind: EndpointGroupKind },
  refusal: { code: number; retryAfterMs: number },
  stateName: string,
): GatewayError {
  return {
    status: 503,
    code: String(refusal.code),
    message: "Runtime Error",
    description: notReadyWords(group, refusal.code, stateName),
    retryAfterSeconds: Math.max(1, Math.ceil(refusal.retryAfterMs / 1000)),
  };
}

function notReadyWords(group: { name: string; kind: EndpointGroupKind }, code: number, stateName: string): string {
  if (code === notReadyCodes.endpoint) {
    return `Currently , Address endpoint : [ Name : ${group.name} ] [ State : ${stateName} ]`;
  }
  if (code === notReadyCodes.session) return "The endpoint that this session is bound to is not ready";
  const kind = group.kind === "failover" || group.kind === "tiered" ? "Failover" : "Loadbalance";
  return `${kind} endpoint : ${group.name} - no ready child endpoints`;
}

/** The body of an error answer, in upstream's form. */
export function errorBody(error: GatewayError): string {
  const { code, message, description } = error;
  return JSON.stringify({ code, type: "Status report", message, description });
}
