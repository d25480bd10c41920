import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decisionRecordSchema } from "../../lib/model/decision-record.ts";
import { endpointTarget } from "../../lib/model/endpoint-target.ts";
import { collectGarbage } from "../../scripts/testing/collect-garbage.ts";
import type { PassedBy } from "../endpoints/passed-by.ts";
import { DecisionLog, type DecisionLogOptions } from "./decision-log.ts";
import { maxPassedBy, maxPathLength, maxRounds } from "./decision-trace.ts";

const wallClock = () => Date.UTC(2030, 0, 1);
const api = { id: "api-1", name: "Shop", context: "/shop", version: "1.0.0", revision: 7 };
const endpoint = { id: "a", target: endpointTarget("http://user@a.test:8080/base?token=secret") };
const selection = { kind: "selection", endpoint, viaSession: false, probing: false } as const;

function logWith(options: Partial<DecisionLogOptions> = {}): DecisionLog {
  return new DecisionLog({ gatewayId: "gateway", wallClock, findOrigin: () => undefined, ...options });
}

type Ended = { id: string; status?: number; path?: string; apiId?: string; rounds?: number; passedBy?: number };

/** One request from beginning to end. */
function endRequest(log: DecisionLog, { id, status = 200, path = "/", apiId, rounds = 1, passedBy = 0 }: Ended): void {
  const trace = log.begin(
    "GET",
    { requestId: id, path: path.split("?")[0] ?? "", search: path.slice(path.split("?")[0]?.length ?? 0) },
    false,
    0,
  );
  trace.routed({ ...api, id: apiId ?? "api-1" });
  trace.admitted("none", "production");
  const members = Array.from({ length: passedBy }, (_, index): PassedBy => {
    return { endpointId: `m${index}`, reason: "suspended", untilMs: 1_000 };
  });
  for (let round = 0; round < rounds; round += 1) trace.chose(selection, members, round).answered(status, round);
  log.end(trace, status, true, 1);
}

describe("the log of decisions", () => {
  it("finds the last requests and, of those that failed, more", () => {
    const log = logWith({ maxRecent: 3, maxFailed: 2 });
    for (const [id, status] of [
      ["f1", 502],
      ["f2", 499],
      ["f3", 503],
      ["s1", 200],
      ["s2", 404],
      ["s3", 200],
    ] as const) {
      endRequest(log, { id, status });
    }
    expect(["f1", "f2", "f3", "s1", "s2", "s3"].map((id) => log.find(id)?.answer.status)).toEqual([
      undefined,
      499,
      503,
      200,
      404,
      200,
    ]);
    expect(log.recent({ limit: 100 }).map(({ requestId }) => requestId)).toEqual(["s3", "s2", "s1", "f3", "f2"]);
    expect(log.recent({ failed: true, limit: 100 }).map(({ requestId }) => requestId)).toEqual(["f3", "f2"]);
  });

  it("hands over what failed once, oldest first, and of a storm the newest of each API", () => {
    const log = logWith();
    const taken = () => log.takeFailures().map(({ requestId }) => requestId);
    for (const id of ["first", "second"]) endRequest(log, { id, status: 502 });
    endRequest(log, { id: "fine" });
    expect([taken(), taken()]).toEqual([["first", "second"], []]);
    endRequest(log, { id: "other", status: 503, apiId: "api-2" });
    for (let number = 0; number < 1_000; number += 1) endRequest(log, { id: `storm ${number}`, status: 500 });
    const newest = Array.from({ length: 100 }, (_, index) => `storm ${900 + index}`);
    expect(taken()).toEqual(["other", ...newest]);
    for (let number = 0; number < 1_000; number += 1)
      endRequest(log, { id: "wide", status: 500, apiId: `api-${number}` });
    expect(log.takeFailures().map(({ route }) => route?.apiId)).toEqual(
      Array.from({ length: 500 }, (_, index) => `api-${500 + index}`),
    );
  });

  it("lists one API's requests, and no more than asked for or a hundred", () => {
    const log = logWith();
    for (let index = 0; index < 300; index += 1) {
      endRequest(log, { id: `r${index}`, apiId: index % 2 === 0 ? "api-1" : "api-2" });
    }
    expect(log.recent({ apiId: "api-2", limit: 2 }).map(({ requestId }) => requestId)).toEqual(["r299", "r297"]);
    expect(log.recent({ limit: 1_000 })).toHaveLength(100);
    expect(log.recent({ apiId: "api-3", limit: 10 })).toEqual([]);
  });

  it("gives the newest of an id that was used again, and says how many are kept", () => {
    const log = logWith({ maxRecent: 3 });
    for (const path of ["/1", "/2", "/3"]) endRequest(log, { id: "same", path });
    expect(log.find("same")).toMatchObject({ path: "/3", sameId: 3 });
    endRequest(log, { id: "x" });
    endRequest(log, { id: "y" });
    expect(log.find("same")).toMatchObject({ path: "/3", sameId: 1 });
    endRequest(log, { id: "z" });
    expect(log.find("same")).toBeUndefined();
  });

  it("finds the newest at one API, whatever the id was used for elsewhere", () => {
    const log = logWith();
    for (const apiId of ["api-1", "api-1", "api-2"]) endRequest(log, { id: "same", apiId });
    expect(log.find("same", "api-1")).toMatchObject({ route: { apiId: "api-1" }, sameId: 2 });
    expect(log.find("same", "api-3")).toBeUndefined();
  });

  it("keeps an earlier failure of an id when a later success of it is forgotten", () => {
    const log = logWith({ maxRecent: 1, maxFailed: 5 });
    endRequest(log, { id: "same", status: 502 });
    endRequest(log, { id: "same", status: 200 });
    expect(log.find("same")?.answer.status).toBe(200);
    endRequest(log, { id: "other" });
    expect(log.find("same")?.answer.status).toBe(502);
  });

  it("answers like a plain list of the last ones would", () => {
    const request = fc.record({ id: fc.constantFrom("a", "b", "c", "d", "e"), status: fc.constantFrom(200, 503) });
    fc.assert(
      fc.property(fc.array(request, { maxLength: 40 }), fc.nat(5), fc.nat(5), (requests, maxRecent, maxFailed) => {
        const log = logWith({ maxRecent, maxFailed });
        const numbered = requests.map(({ id, status }, index) => ({ id, status, path: `/${index}` }));
        for (const one of numbered) endRequest(log, one);
        const recent = maxRecent === 0 ? [] : numbered.slice(-maxRecent);
        const failures = numbered.filter(({ status }) => status === 503);
        const failed = maxFailed === 0 ? [] : failures.slice(-maxFailed);
        const kept = numbered.filter((one) => recent.includes(one) || failed.includes(one));
        expect(log.recent({ limit: 100 }).map(({ path }) => path)).toEqual(kept.map(({ path }) => path).toReversed());
        for (const id of ["a", "b", "c", "d", "e"]) {
          const same = kept.filter((one) => one.id === id);
          expect(log.find(id)?.path).toBe(same.at(-1)?.path);
          expect(log.find(id)?.sameId ?? 0).toBe(same.length);
        }
      }),
    );
  });

  it("holds no more than so many bytes, however much there is to say of a request", () => {
    const log = logWith({ logs: 4 });
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    const path = `/${"p".repeat(16_000)}`;
    for (let index = 0; index < 20_000; index += 1) {
      endRequest(log, { id: `r${index}`, status: 503, path, rounds: 3, passedBy: 99 });
    }
    collectGarbage();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(50 * 1024 * 1024);
    expect(log.find("r19999")).toBeDefined();
    expect(log.find("r0")).toBeUndefined();
  });

  it("cuts what one request may leave, and counts the rest", () => {
    const log = logWith();
    endRequest(log, { id: "huge", path: `/${"p".repeat(16_000)}?secret`, rounds: maxRounds + 5, passedBy: 50 });
    const record = decisionRecordSchema.parse(log.find("huge"));
    expect([record.path.length, record.isPathCut, record.rounds.length]).toEqual([maxPathLength, true, maxRounds]);
    expect(record.rounds.flatMap(({ passedBy }) => passedBy)).toHaveLength(maxPassedBy);
    expect(record.leftOut).toBe(5 + (maxRounds + 5) * 50 - maxPassedBy);
    expect(JSON.stringify(record)).not.toContain("secret");
  });

  it("takes the time a member is passed by until from the monotonic clock", () => {
    const log = logWith({ findOrigin: (_api, _keyType, id) => `http://${id}.test` });
    const trace = log.begin("GET", { requestId: "r", path: "/", search: "" }, false, 50_000);
    trace.routed(api);
    trace.admitted("apikey", "sandbox");
    const passedBy: PassedBy[] = [
      { endpointId: "b", reason: "suspended", untilMs: 80_000 },
      { endpointId: "c", reason: "found-down", untilMs: Number.POSITIVE_INFINITY },
      { endpointId: "b", reason: "suspended", untilMs: 80_000 },
    ];
    trace.chose({ kind: "refusal" }, passedBy, 50_001);
    log.end(trace, 503, true, 2);
    expect(log.find("r")?.rounds).toEqual([
      {
        atMs: 1,
        chosen: null,
        attempts: [],
        passedBy: [
          { endpoint: { id: "b", origin: "http://b.test" }, reason: "suspended", until: "2030-01-01T00:00:30.000Z" },
          { endpoint: { id: "c", origin: "http://c.test" }, reason: "found-down", until: null },
        ],
      },
    ]);
  });
});
