import { describe, expect, it } from "vitest";
import { endpointTarget } from "../../lib/model/endpoint-target.ts";
import { DecisionLog, type RequestFilter } from "../decisions/decision-log.ts";
import { answerRequests, isRequestsPath } from "./requests.ts";

const log = new DecisionLog({ gatewayId: "g", wallClock: () => 0, findOrigin: () => undefined });
for (const [id, status] of [
  ["one", 200],
  ["two/a=b", 503],
  ["three", 200],
] as const) {
  const trace = log.begin("GET", { search: "", requestId: id, path: "/shop" }, false, 0);
  trace.routed({ id: "api-1", name: "Shop", context: "/shop", version: "1", revision: 1 });
  const endpoint = { id: "a", target: endpointTarget("http://a.test") };
  trace.chose({ kind: "selection", endpoint }, [], 0).answered(status, 1);
  log.end(trace, status, true, 1);
}

const decisions = {
  findDecision: async (id: string) => log.find(id),
  recentDecisions: async (filter: RequestFilter) => log.recent(filter),
};
const ask = (path: string, method = "GET") => answerRequests(decisions, method, new URL(path, "http://localhost"));

describe("requests at the admin port", () => {
  it.each([
    ["/requests", ["three", "two/a=b", "one"]],
    ["/requests?limit=1", ["three"]],
    ["/requests?failed=true", ["two/a=b"]],
    ["/requests?failed=false&apiId=api-1&limit=2", ["three", "two/a=b"]],
    ["/requests?apiId=api-2", []],
  ])("lists %s", async (path, ids) => {
    expect(await ask(path)).toMatchObject({
      status: 200,
      document: { requests: ids.map((requestId) => ({ requestId })) },
    });
  });

  it.each(["/requests/two%2Fa%3Db", "/requests/two/a=b"])("finds an id with signs in it: %s", async (path) => {
    expect(await ask(path)).toMatchObject({
      status: 200,
      document: { requestId: "two/a=b", explanation: expect.any(Array) },
    });
  });

  it.each(["/requests/none", "/requests/", "/requests/%"])(
    "says what is kept where there is nothing: %s",
    async (path) => {
      expect(await ask(path)).toMatchObject({
        status: 404,
        document: { description: expect.stringMatching(/1000.*10000/) },
      });
    },
  );

  it.each(["limit=0", "limit=101", "limit=x", "limit=1.5", "failed=yes", "apiId="])(
    "refuses %s in words",
    async (query) => {
      const field = query.split("=")[0] ?? "";
      expect(await ask(`/requests?${query}`)).toMatchObject({
        status: 400,
        document: { description: expect.stringMatching(new RegExp(`^${field} `)) },
      });
    },
  );

  it("only reads", async () => {
    expect(await ask("/requests/one", "DELETE")).toMatchObject({ status: 405, headers: { Allow: "GET, HEAD" } });
  });

  it("leaves other paths to others", () => {
    expect(["/requests", "/requests/x", "/requestsx", "/"].map(isRequestsPath)).toEqual([true, true, false, false]);
  });
});
