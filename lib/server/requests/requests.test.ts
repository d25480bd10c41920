import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GatewayAnswers, GatewayAsker } from "../../db/ask-gateways.ts";
import { recordGateway } from "../../db/record-gateway.ts";
import { recordStatistics } from "../../db/record-statistics.ts";
import type { Api } from "../../model/api.ts";
import type { DecisionRecord } from "../../model/decision-record.ts";
import type { GatewayQuestion } from "../../model/gateway-ask.ts";
import { requestLine } from "../../model/request-line.ts";
import { createApi } from "../apis/create-api.ts";
import type { ServerContext } from "../context.ts";
import { sweepStatistics } from "../statistics/sweep-statistics.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { findRequest } from "./find-request.ts";
import { listRequests } from "./list-requests.ts";

let publisher: TestPublisher;
let ann: ServerContext;
let bob: ServerContext;
let ada: ServerContext;
let api: Api;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
  bob = await publisher.person("Bob");
  ada = await publisher.person("Ada", "admin");
  api = await createApi(ann, { name: "Pizza", context: "/pizza", version: "1", endpointUrl: "http://a.example" });
  const now = new Date();
  const times = { startedAt: now, appliedAt: now };
  await recordGateway(publisher.db, {
    ...{ id: "g1", host: "east", version: "0", appliedRevision: 1, refusedApis: [], ...times },
  });
});
afterAll(() => publisher?.close());

function recordOf(requestId: string, at: string, more: Partial<DecisionRecord> = {}): DecisionRecord {
  return {
    ...{ requestId, sameId: 1, gatewayId: "g1", at, durationMs: 2, kind: "request", method: "GET", path: "/pizza/1" },
    isPathCut: false,
    route: { apiId: api.id, name: "Pizza", context: "/pizza", version: "1", revision: 1 },
    key: { given: "none", type: "production" },
    token: null,
    limit: null,
    operation: null,
    endpointSecurity: null,
    group: null,
    session: null,
    rounds: [],
    leftOut: 0,
    answer: { status: 200, code: null, isWhole: true },
    noRetry: null,
    refusal: null,
    ...more,
  };
}

/** Gateways that answer with these documents, and one that does not; what they were asked. */
function gatewaysThatSay(...documents: unknown[]) {
  const asked: GatewayQuestion[] = [];
  const asker: Pick<GatewayAsker, "ask"> = {
    async ask<Document>(question: GatewayQuestion, read: (document: unknown) => Document | undefined) {
      asked.push(question);
      const answers = documents.flatMap((document, index) => {
        const said = document === null ? null : read(document);
        return said === undefined ? [] : [{ gatewayId: `g${index + 1}`, document: said }];
      });
      return { answers, silent: ["g1", "unheard of"] } satisfies GatewayAnswers<Document>;
    },
  };
  return { asker, asked };
}

const [early, late, latest] = ["2030-01-01T00:00:00.000Z", "2030-01-01T00:00:01.000Z", "2030-01-01T00:00:02.000Z"];
const elsewhere = { apiId: "another", name: "Other", context: "/other", version: "1", revision: 1 };

describe("the requests of an API", () => {
  it("come from every gateway, newest first", async () => {
    const { asker, asked } = gatewaysThatSay(
      [requestLine(recordOf("three", latest)), requestLine(recordOf("one", early))],
      [requestLine(recordOf("two", late, { gatewayId: "g2" }))],
      null,
      "what no version says",
    );
    const list = await listRequests(ann, asker, api.id, true);
    expect(list.requests.map(({ requestId }) => requestId)).toEqual(["three", "two", "one"]);
    expect([list.answered, list.silent]).toEqual([3, ["east", "unheard of"]]);
    expect(list.gateways).toEqual([
      { id: "g1", host: "east" },
      { id: "g2", host: "g2" },
    ]);
    expect(asked).toEqual([{ kind: "recent-requests", apiId: api.id, failed: true, limit: 100 }]);
  });

  it("are for those who may see the API", async () => {
    const { asker, asked } = gatewaysThatSay();
    await expect(listRequests(bob, asker, api.id, false)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(findRequest(bob, asker, api.id, "one")).rejects.toMatchObject({ kind: "forbidden" });
    await expect(findRequest(ann, asker, "no-id", "one")).rejects.toMatchObject({ kind: "not-found" });
    expect(asked).toEqual([]);
    expect(await listRequests(ada, asker, api.id, false)).toMatchObject({ requests: [], answered: 0 });
  });
});

describe("one request", () => {
  it("is the newest of its id, wherever it was served", async () => {
    const { asker } = gatewaysThatSay(recordOf("one", early, { sameId: 2 }), recordOf("one", late), null);
    const found = await findRequest(ann, asker, api.id, "one");
    expect(found).toMatchObject({ record: { at: late, sameId: 3 }, host: "east", answered: 3 });
  });

  it("is not found when it is another API's or another request", async () => {
    const { asker } = gatewaysThatSay(recordOf("one", late, { route: elsewhere }), recordOf("two", late));
    expect((await findRequest(ann, asker, api.id, "one")).record).toBeUndefined();
  });
});

describe("requests that failed", () => {
  const nobody = () => gatewaysThatSay().asker;
  let started = 0;
  /** An API of its own, and what gateways write down of it. */
  async function failing() {
    started += 1;
    const name = `Failing ${started}`;
    const own = await createApi(ann, {
      name,
      context: `/failing-${started}`,
      version: "1",
      endpointUrl: "http://a.test",
    });
    const route = { apiId: own.id, name, context: own.context, version: "1", revision: 1 };
    const answer = { status: 502, code: "101503", isWhole: true };
    const failure = (requestId: string, at: Date, more: Partial<DecisionRecord> = {}) =>
      recordOf(requestId, at.toISOString(), { route, answer, sameId: null, ...more });
    const write = (failures: DecisionRecord[], id: string = randomUUID()) =>
      recordStatistics(publisher.db, "g1", { id, counts: [], changes: [], failures }, Date.now());
    const listed = async () => (await listRequests(ann, nobody(), own.id, true)).requests.map((line) => line.requestId);
    return { api: own, failure, write, listed };
  }
  const agoMs = (ms: number) => new Date(Date.now() - ms);

  it("are known when their gateway is gone, each with its explanation", async () => {
    const { api: own, failure, write, listed } = await failing();
    await write([failure("one", agoMs(3_000)), failure("two", agoMs(2_000)), failure("one", agoMs(1_000))]);
    expect(await listed()).toEqual(["one", "two", "one"]);
    const found = await findRequest(ann, nobody(), own.id, "one");
    expect(found).toMatchObject({ record: { requestId: "one", sameId: 2, answer: { status: 502 } }, host: "east" });
    expect((await listRequests(ann, nobody(), own.id, false)).requests).toEqual([]);
    expect((await findRequest(ann, nobody(), api.id, "one")).record).toBeUndefined();
  });

  it("are listed once where their gateway still tells of them, and written once where a batch came twice", async () => {
    const { api: own, failure, write } = await failing();
    const one = failure("one", agoMs(1_000));
    const id = randomUUID();
    await write([one], id);
    await write([one], id);
    const { asker } = gatewaysThatSay([requestLine(one), requestLine(failure("newer", agoMs(0)))]);
    const { requests } = await listRequests(ann, asker, own.id, true);
    expect(requests.map(({ requestId }) => requestId)).toEqual(["newer", "one"]);
  });

  it("are the newest hundred of an API, however many there were, and another's stay", async () => {
    const [many, few] = [await failing(), await failing()];
    await few.write([few.failure("only", agoMs(3_600_000))]);
    for (const batch of [0, 1, 2]) {
      const numbers = Array.from({ length: 80 }, (_, index) => batch * 80 + index);
      await many.write(numbers.map((number) => many.failure(`n${number}`, agoMs(240_000 - number * 1_000))));
    }
    expect(await many.listed()).toEqual(Array.from({ length: 100 }, (_, index) => `n${239 - index}`));
    expect(await publisher.db.failedRequest.count({ where: { apiId: many.api.id } })).toBe(100);
    expect(await few.listed()).toEqual(["only"]);
  });

  it("with a character that PostgreSQL cannot store do not hold up those after them", async () => {
    const { failure, write, listed } = await failing();
    await write([failure("a\0b", agoMs(2_000)), failure("sound", agoMs(1_000))]);
    expect(await listed()).toEqual(["sound"]);
  });

  it("are forgotten after a week, and with their API", async () => {
    const [old, gone] = [await failing(), await failing()];
    await old.write([old.failure("old", agoMs(8 * 86_400_000)), old.failure("new", agoMs(86_400_000))]);
    await gone.write([gone.failure("gone", agoMs(1_000))]);
    await publisher.db.api.delete({ where: { id: gone.api.id } });
    await sweepStatistics(publisher.db);
    expect(await old.listed()).toEqual(["new"]);
    expect(await publisher.db.failedRequest.count({ where: { apiId: gone.api.id } })).toBe(0);
  });
});
