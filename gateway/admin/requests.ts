import { z } from "zod";
import { keptRequests } from "../../lib/model/decision-record.ts";
import { explainDecision } from "../../lib/model/explain-decision.ts";
import { maxListedRequests } from "../decisions/decision-log.ts";
import type { Workers } from "../workers/workers.ts";

const wholePath = "/requests";

/** What is asked of a list, as it stands in a query. */
const filterSchema = z.object({
  apiId: z.string().min(1, "apiId names an API.").optional(),
  failed: z.enum(["true", "false"], "failed is true or false.").default("false"),
  limit: z.coerce
    .number("limit is a whole number from 1 to 100.")
    .int("limit is a whole number.")
    .min(1, "limit is at least 1.")
    .max(maxListedRequests, `limit is at most ${maxListedRequests}.`)
    .default(20),
});

type RequestsAnswer = { status: number; document: unknown; headers?: Record<string, string> };

export function isRequestsPath(path: string): boolean {
  return path === wholePath || path.startsWith(`${wholePath}/`);
}

/**
 * `GET /requests?apiId=&failed=&limit=`: the last requests, newest first. `GET /requests/{id}`: one of them by its
 * X-Request-Id, with the words for it.
 */
export async function answerRequests(
  decisions: Pick<Workers, "findDecision" | "recentDecisions">,
  method: string,
  { pathname, searchParams }: URL,
): Promise<RequestsAnswer> {
  if (method !== "GET" && method !== "HEAD") {
    return { ...problem(405, "GET is expected here."), headers: { Allow: "GET, HEAD" } };
  }
  if (pathname === wholePath) {
    const query = filterSchema.safeParse(Object.fromEntries(searchParams));
    if (!query.success) return problem(400, query.error.issues[0]?.message ?? "The query is not understood.");
    const { apiId, failed, limit } = query.data;
    const filter = { ...(apiId !== undefined && { apiId }), failed: failed === "true", limit };
    const requests = await decisions.recentDecisions(filter);
    return { status: 200, document: { requests } };
  }
  const record = await decisions.findDecision(decoded(pathname.slice(wholePath.length + 1)));
  if (!record) return problem(404, notKept);
  return { status: 200, document: { ...record, explanation: explainDecision(record) } };
}

const notKept =
  `No request with this id has ended here lately. Kept are the last ${keptRequests.recent} requests of this gateway, and ` +
  `of those that failed the last ${keptRequests.failed}.`;

/** Ids may have slashes in them, escaped or not. */
function decoded(segments: string): string {
  try {
    return decodeURIComponent(segments);
  } catch {
    return segments; // Not an escape: then it is no id that we would have taken, and is found nowhere.
  }
}

function problem(status: number, description: string): RequestsAnswer {
  return { status, document: { code: String(status), description } };
}
