import "server-only";
import type { Problem, ProblemKind } from "../../model/problem.ts";

/**
 * The one table of what an expected failure is over HTTP. `code` is WSO2's where it has one (900300 taken, 900320 unknown,
 * 900800 throttled, 900901 credentials, 900908 forbidden, 900967 internal), else 900 and the status.
 */
const problemAnswers = {
  invalid: { status: 400, code: 900_400, message: "Bad Request" },
  unauthenticated: { status: 401, code: 900_901, message: "Invalid Credentials" },
  forbidden: { status: 403, code: 900_908, message: "Forbidden" },
  "not-found": { status: 404, code: 900_320, message: "Not Found" },
  conflict: { status: 409, code: 900_300, message: "Conflict" },
  stale: { status: 412, code: 900_412, message: "Precondition Failed" },
  "too-large": { status: 413, code: 900_413, message: "Content Too Large" },
  "unsupported-media-type": { status: 415, code: 900_415, message: "Unsupported Media Type" },
  "too-many-requests": { status: 429, code: 900_800, message: "Too Many Requests" },
} as const satisfies Record<ProblemKind, { status: number; code: number; message: string }>;

/** How to authenticate. A script of a page is not told of Basic: the browser would ask the person for a password. */
function challenges(requestHeaders: Headers): string[] {
  const bearer = 'Bearer realm="Fairlead"';
  const mode = requestHeaders.get("sec-fetch-mode");
  if (mode !== null && mode !== "navigate") return [bearer];
  return ['Basic realm="Fairlead", charset="UTF-8"', bearer];
}

/** The answer that tells of an expected failure. */
export function problemResponse(problem: Problem, requestHeaders: Headers): Response {
  const { status, code, message } = problemAnswers[problem.kind];
  const response = errorResponse(status, code, message, problem.message, problem.items);
  if (status === 401) {
    for (const challenge of challenges(requestHeaders)) response.headers.append("WWW-Authenticate", challenge);
  }
  if (problem.retryAfterSeconds !== undefined) response.headers.set("Retry-After", String(problem.retryAfterSeconds));
  return response;
}

/** The answer when it is our fault: an id that is also in the log, nothing else. */
export function faultResponse(id: string): Response {
  const description = `Something went wrong on our side. The log has it as ${id}.`;
  return errorResponse(500, 900_967, "Internal Server Error", description);
}

/** The answer to a method that a resource does not have. */
export function methodNotAllowedResponse(method: string, allowed: readonly string[]): Response {
  const description = `${method} is not possible here; possible: ${allowed.join(", ")}.`;
  const response = errorResponse(405, 900_405, "Method Not Allowed", description);
  response.headers.set("Allow", allowed.join(", "));
  return response;
}

function errorResponse(
  status: number,
  code: number,
  message: string,
  description: string,
  items: readonly { path: string; message: string }[] = [],
): Response {
  const error = items.map((item) => ({ code: String(code), message: item.message, path: item.path }));
  const body = { code, message, description, moreInfo: "", error };
  return Response.json(body, { status, headers: { "Cache-Control": "no-store" } });
}
