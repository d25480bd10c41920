import { hashPassword } from "better-auth/crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../../../scripts/testing/database.ts";
import type { NewUser } from "../../model/account.ts";
import { attemptWindowMs } from "../auth/attempt-limit.ts";
import type { ServerContext } from "../context.ts";
import { closeDatabase, database } from "../database.ts";
import { log } from "../log.ts";
import { createAccessToken, revokeAccessToken } from "../users/access-tokens.ts";
import { changePassword } from "../users/change-password.ts";
import { createUser } from "../users/create-user.ts";
import { createFirstAdministrator } from "../users/first-administrator.ts";
import { setUserActive } from "../users/set-user-active.ts";
import { type RestCall, restClient } from "./testing/rest-client.ts";

const secret = "a secret of at least thirty-two characters";
let storage: TestDatabase;
let admin: ServerContext;
let ann: ServerContext;
let asAdmin: RestCall;
let asAnn: RestCall;
let asBob: RestCall;

const now = () => new Date();
const basic = (email: string, password: string) => `Basic ${Buffer.from(`${email}:${password}`).toString("base64")}`;

async function person(
  name: string,
): Promise<{ context: ServerContext; call: RestCall; userId: string; email: string }> {
  const input: NewUser = {
    name,
    email: `${name.toLowerCase()}@example.com`,
    password: `${name} password`,
    role: "publisher",
  };
  const { id } = await createUser(admin, input);
  const context = { ...admin, actor: { id, name, email: input.email, role: "publisher" as const } };
  return { context, call: restClient(basic(input.email, input.password)), userId: id, email: input.email };
}

beforeAll(async () => {
  storage = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", storage.url);
  vi.stubEnv("FAIRLEAD_SECRET", secret);
  log.level = "silent";
  const db = database();
  const account = { name: "Ada", email: "ada@example.com", password: "correct: horse" };
  const actor = await createFirstAdministrator({ db, secret, now }, account);
  admin = { db, secret, now, actor };
  asAdmin = restClient(basic(account.email, account.password));
  ({ context: ann, call: asAnn } = await person("Ann"));
  ({ call: asBob } = await person("Bob"));
});
afterAll(async () => {
  await closeDatabase();
  await storage.drop();
});

let counter = 0;
function newApi(more: object = {}) {
  counter += 1;
  return { name: `Api ${counter}`, context: `/api-${counter}`, version: "1.0.0", ...more };
}
async function create(more: object = {}, call = asAnn): Promise<Record<string, unknown>> {
  const { status, body } = await call("POST", "/apis", newApi(more));
  expect({ status, body }).toMatchObject({ status: 201 });
  return body;
}
const paths = (body: Record<string, unknown>) =>
  Array.isArray(body.error) ? body.error.map((item: { path: string }) => item.path) : [];

const threeMembers = {
  endpoint_type: "load_balance",
  algoCombo: "org.apache.synapse.endpoints.algorithms.RoundRobin",
  algoClassName: "org.apache.synapse.endpoints.algorithms.RoundRobin",
  sessionManagement: "http",
  sessionTimeOut: "5000",
  failOver: true,
  production_endpoints: ["http://a.example/", "http://b.example/", "http://c.example/"].map((url) => ({ url })),
  keptKey: { nested: [1] },
};

const tokenRules = { issuer: "https://issuer.example", audiences: ["shop"], jwksUrl: "https://issuer.example/jwks" };

describe("a document", () => {
  it("comes back as it was sent, with what the server knows", async () => {
    const sent = newApi({
      displayName: "Pizza",
      description: "Good pizza",
      tags: ["food"],
      additionalProperties: [{ name: "team", value: "Sea", display: true }],
      securityScheme: [],
      isDefaultVersion: true,
      endpointConfig: threeMembers,
    });
    const created = await asAnn("POST", "/apis", sent);
    expect(created.status).toBe(201);
    expect(created.headers.get("location")).toBe(`/api/am/publisher/v4/apis/${created.body.id}`);
    expect(created.headers.get("etag")).toBe(`"${created.body.revision}"`);
    expect(created.body).toMatchObject({
      name: sent.name,
      displayName: "Pizza",
      description: "Good pizza",
      tags: ["food"],
      additionalProperties: [{ name: "team", value: "Sea", display: false }],
      securityScheme: [],
      isDefaultVersion: true,
      provider: "ann@example.com",
      lifeCycleStatus: "CREATED",
      endpointConfig: { sessionManagement: "http", sessionTimeOut: "5000", failOver: true, keptKey: { nested: [1] } },
    });
    const read = await asAnn("GET", `/apis/${created.body.id}`);
    expect(read.body).toEqual(created.body);
  });

  it("can be put back as it was read, and nothing but the revision changes", async () => {
    const { id } = await create({ endpointConfig: threeMembers });
    const read = await asAnn("GET", `/apis/${id}`);
    const put = await asAnn("PUT", `/apis/${id}`, { ...read.body, onlyWso2KnowsThis: true });
    expect(put.status).toBe(200);
    const { revision: before, lastUpdatedTime: _before, ...rest } = read.body;
    const { revision: after, lastUpdatedTime: _after, ...restAfter } = put.body;
    expect(restAfter).toEqual(rest);
    expect(Number(after)).toBeGreaterThan(Number(before));
  });

  it("keeps the ids of endpoints that stay", async () => {
    const { id } = await create({ endpointConfig: threeMembers });
    const idsOf = async () => {
      const row = await admin.db.api.findUniqueOrThrow({ where: { id: String(id) } });
      return JSON.stringify(row.endpointConfig).match(/"id":"[^"]+"/g);
    };
    const before = await idsOf();
    const read = await asAnn("GET", `/apis/${id}`);
    const reversed = [...threeMembers.production_endpoints].reverse();
    const endpointConfig = { ...threeMembers, production_endpoints: reversed };
    await asAnn("PUT", `/apis/${id}`, { ...read.body, endpointConfig });
    expect(await idsOf()).toEqual(before?.reverse());
  });

  it.each([
    ["a single endpoint", { endpoint_type: "http", production_endpoints: { url: "http://a.example" } }],
    ["a JSON string", JSON.stringify(threeMembers)],
    ["nothing", null],
  ])("takes %s as its endpoints", async (_what, endpointConfig) => {
    expect((await asAnn("POST", "/apis", newApi({ endpointConfig }))).status).toBe(201);
  });

  it("has its operations, each secured and unlimited where nothing else is said", async () => {
    const operations = [
      { target: "/a", verb: "GET" },
      { target: "/*", verb: "POST", authType: "None", throttlingPolicy: "Gold" },
    ];
    expect((await create({ operations })).operations).toEqual([
      {
        target: "/a",
        verb: "GET",
        authType: "Application & Application User",
        throttlingPolicy: "Unlimited",
        summary: "",
      },
      { target: "/*", verb: "POST", authType: "None", throttlingPolicy: "Gold", summary: "" },
    ]);
  });

  it.each([
    ["tokens alone", ["oauth2"]],
    ["keys and tokens", ["oauth2", "api_key"]],
  ])("says of %s which tokens are accepted, and takes that back", async (_what, securityScheme) => {
    const jwt = { ...tokenRules, consumer: { claim: "azp", rateTier: "Bronze" } };
    const made = await create({ securityScheme, jwt });
    expect(made).toMatchObject({ securityScheme, jwt: { ...jwt, clockToleranceSeconds: 30, forwardToken: false } });
    const put = await asAnn("PUT", `/apis/${made.id}`, made);
    expect(put.body).toMatchObject({ securityScheme, jwt: made.jwt });
    const inUse = await asAdmin("DELETE", "/rate-limits/Bronze");
    expect([inUse.status, inUse.body.description]).toEqual([
      409,
      expect.stringContaining("Bronze is in use: by 1 APIs"),
    ]);
    await asAnn("PUT", `/apis/${made.id}`, { ...made, securityScheme: [], jwt: null });
  });

  it("has what is absent from a PUT back at its default", async () => {
    const made = await create({ description: "x", tags: ["a"], securityScheme: [], endpointConfig: threeMembers });
    const { name, context, version } = made;
    const put = await asAnn("PUT", `/apis/${made.id}`, { name, context, version });
    expect(put.body).toMatchObject({
      description: "",
      tags: [],
      securityScheme: ["api_key"],
      displayName: name,
      endpointConfig: null,
    });
  });
});

describe("wrong input is refused at its path", () => {
  it("all offending paths at once", async () => {
    const endpointConfig = {
      endpoint_type: "load_balance",
      production_endpoints: [{ url: "http://a.example" }, { url: "b.example:80" }],
      sandbox_endpoints: [],
    };
    const answer = await asAnn("POST", "/apis", {
      name: "a/b",
      version: "1 0",
      tags: ["<"],
      additionalProperties: [{ name: "tags", value: "x" }],
      endpointConfig,
    });
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe(900_400);
    const found = paths(answer.body);
    expect(found).toEqual(
      expect.arrayContaining(["name", "version", "context", "tags.0", "additionalProperties.0.name"]),
    );
    expect(found.some((path) => String(path).startsWith("endpointConfig.sandbox_endpoints"))).toBe(true);
  });

  it.each<[string, object, string]>([
    [
      "a URL without a scheme",
      { endpointConfig: { production_endpoints: { url: "a:80" } } },
      "endpointConfig.production_endpoints.url",
    ],
    [
      "the second of a list",
      { endpointConfig: { endpoint_type: "load_balance", production_endpoints: [{ url: "http://a" }, { url: "b" }] } },
      "endpointConfig.production_endpoints.1.url",
    ],
    [
      "a group without failovers",
      { endpointConfig: { endpoint_type: "failover", production_endpoints: { url: "http://a" } } },
      "endpointConfig.production_failovers",
    ],
    ["endpoints that are a number", { endpointConfig: 5 }, "endpointConfig"],
    ["endpoints that are a list", { endpointConfig: [] }, "endpointConfig"],
    ["an unknown security scheme", { securityScheme: ["mutualssl"] }, "securityScheme.0"],
    ["tokens without rules for them", { securityScheme: ["oauth2"] }, "securityScheme"],
    ["rules for tokens in an API that is said to be open", { securityScheme: [], jwt: tokenRules }, "securityScheme"],
    ["rules for tokens without an audience", { jwt: { ...tokenRules, audiences: [] } }, "jwt.audiences"],
    [
      "a rate limit of consumers that there is not",
      { jwt: { ...tokenRules, consumer: { claim: "sub", rateTier: "Platinum" } } },
      "jwt.consumer.rateTier",
    ],
    ["a name that is a number", { name: 5 }, "name"],
    ["an operation without a slash", { operations: [{ target: "a", verb: "GET" }] }, "operations.0.target"],
    [
      "an operation twice",
      {
        operations: [
          { target: "/a/{x}", verb: "GET" },
          { target: "/a/{y}", verb: "GET" },
        ],
      },
      "operations.1.target",
    ],
    [
      "an operation with a rate limit that is none",
      { operations: [{ target: "/a", verb: "GET", throttlingPolicy: "None" }] },
      "operations.0.throttlingPolicy",
    ],
    ["a description with U+0000", { description: "a\0" }, "description"],
  ])("%s", async (_what, more, path) => {
    const answer = await asAnn("POST", "/apis", newApi(more));
    expect({ status: answer.status, paths: paths(answer.body) }).toEqual({ status: 400, paths: [path] });
  });

  it.each(["name", "context", "version"])("a PUT without %s", async (field) => {
    const { id, [field]: _left, ...rest } = await create();
    const answer = await asAnn("PUT", `/apis/${id}`, rest);
    expect({ status: answer.status, paths: paths(answer.body) }).toEqual({ status: 400, paths: [field] });
  });

  it.each([
    ["name", "Another name"],
    ["context", "/another"],
    ["version", "9"],
  ])("a PUT that changes %s", async (field, value) => {
    const made = await create();
    const answer = await asAnn("PUT", `/apis/${made.id}`, { ...made, [field]: value });
    expect({ status: answer.status, paths: paths(answer.body) }).toEqual({ status: 400, paths: [field] });
  });

  it.each([
    ["limit=0", "limit"],
    ["limit=501", "limit"],
    ["limit=ten", "limit"],
    ["limit=", "limit"],
    ["offset=-1", "offset"],
    ["offset=1.5", "offset"],
    [`query=${"x".repeat(501)}`, "query"],
  ])("a list with %s", async (query, path) => {
    const answer = await asAnn("GET", `/apis?${query}`);
    expect({ status: answer.status, paths: paths(answer.body) }).toEqual({ status: 400, paths: [path] });
  });
});

describe("what gateways would refuse", () => {
  const uncallable = "http://f.example/\u010a";

  it("is refused at its place in the interchange form", async () => {
    const body = await create({ endpointConfig: threeMembers });
    const endpointConfig = {
      endpoint_type: "failover",
      production_endpoints: { url: "http://p.example" },
      production_failovers: [{ url: "http://f.example" }, { url: uncallable }],
    };
    const { id, name, context, version } = body;
    const reply = await asAnn("PUT", `/apis/${id}`, { name, context, version, endpointConfig });
    expect(reply.status).toBe(400);
    expect(paths(reply.body)).toEqual(["endpointConfig.production_failovers.1.url"]);
    const single = { endpoint_type: "http", production_endpoints: { url: uncallable } };
    expect(paths((await asAnn("POST", "/apis", newApi({ endpointConfig: single }))).body)).toEqual([
      "endpointConfig.production_endpoints.url",
    ]);
  });
});

describe("the error table", () => {
  it.each<[string, () => Promise<{ status: number; body: Record<string, unknown>; headers: Headers }>, number, number]>(
    [
      ["JSON that does not parse", () => asAnn("POST", "/apis", "{"), 400, 900_400],
      ["a body that is not UTF-8", () => asAnn("POST", "/apis", '"\ud800"'), 400, 900_400],
      ["no body", () => asAnn("POST", "/apis", "", {}), 400, 900_400],
      ["a body that is a list", () => asAnn("POST", "/apis", []), 400, 900_400],
      ["deep nesting", () => asAnn("POST", "/apis", "[".repeat(100_000) + "]".repeat(100_000)), 400, 900_400],
      ["no credentials", () => restClient()("GET", "/apis"), 401, 900_901],
      [
        "an account with U+0000 in its name",
        () => restClient(basic("a\0@example.com", "x"))("GET", "/apis"),
        401,
        900_901,
      ],
      ["an unreadable header", () => restClient("Basic")("GET", "/apis"), 401, 900_901],
      ["another scheme", () => restClient("Digest x")("GET", "/apis"), 401, 900_901],
      ["an unknown token", () => restClient("Bearer nope")("GET", "/apis"), 401, 900_901],
      ["somebody else's API", async () => asBob("GET", `/apis/${(await create()).id}`), 403, 900_908],
      ["somebody else's API to delete", async () => asBob("DELETE", `/apis/${(await create()).id}`), 403, 900_908],
      ["an unknown id", () => asAnn("GET", "/apis/00000000-0000-4000-8000-000000000000"), 404, 900_320],
      ["an id that is none", () => asAnn("GET", "/apis/..%2f"), 404, 900_320],
      ["a rate limit with U+0000 in its name", () => asAdmin("DELETE", "/rate-limits/%00"), 404, 900_320],
      [
        "a co-owner with U+0000 in the id",
        async () => asAnn("DELETE", `/apis/${(await create()).id}/co-owners/%00`),
        404,
        900_320,
      ],
      ["an unknown resource", () => asAnn("GET", "/nothing"), 404, 900_320],
      ["a method that is not there", () => asAnn("PATCH", "/apis"), 405, 900_405],
      [
        "an older revision",
        async () => {
          const made = await create();
          return asAnn("PUT", `/apis/${made.id}`, made, { "if-match": '"0"' });
        },
        412,
        900_412,
      ],
      [
        "a name that is taken",
        async () => {
          const { name, version } = await create();
          return asAnn("POST", "/apis", newApi({ name, version }));
        },
        409,
        900_300,
      ],
      [
        "a context that is taken",
        async () => {
          const { context } = await create();
          return asAnn("POST", "/apis", newApi({ context }));
        },
        409,
        900_300,
      ],
      ["a body that is too large", () => asAnn("POST", "/apis", newApi({ x: "x".repeat(1_100_000) })), 413, 900_413],
      ["text", () => asAnn("POST", "/apis", "{}", { "content-type": "text/plain" }), 415, 900_415],
      [
        "a form",
        () => asAnn("POST", "/apis", "a=1", { "content-type": "application/x-www-form-urlencoded" }),
        415,
        900_415,
      ],
    ],
  )("%s", async (_what, call, status, code) => {
    const answer = await call();
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect(answer.body).toMatchObject({ message: expect.any(String), description: expect.any(String), moreInfo: "" });
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  it("names the methods there are, and how to authenticate", async () => {
    expect((await asAnn("DELETE", "/apis")).headers.get("allow")).toBe("GET, POST");
    expect((await restClient()("GET", "/apis")).headers.get("www-authenticate")).toContain("Basic");
    const fromScript = await restClient()("GET", "/apis", undefined, { "sec-fetch-mode": "cors" });
    expect(fromScript.headers.get("www-authenticate")).not.toContain("Basic");
  });

  it("tells nothing internal when it is our fault", async () => {
    const query = vi.spyOn(admin.db, "$queryRaw").mockRejectedValue(new Error("password=hunter2"));
    const answer = await asAnn("GET", "/apis");
    query.mockRestore();
    expect(answer.status).toBe(500);
    expect(answer.body.code).toBe(900_967);
    expect(JSON.stringify(answer.body)).not.toContain("hunter2");
    expect(answer.body.description).toMatch(/[0-9a-f]{8}-[0-9a-f-]{27}/);
  });
});

describe("revisions", () => {
  it.each([
    (revision: unknown) => `"${revision}"`,
    (revision: unknown) => `W/"${revision}"`,
    (revision: unknown) => `${revision}`,
    (revision: unknown) => `"1", "${revision}"`,
    () => "*",
  ])("If-Match %s of what is stored is taken", async (tag) => {
    const made = await create();
    const put = await asAnn("PUT", `/apis/${made.id}`, made, { "if-match": tag(made.revision) });
    expect(put.status).toBe(200);
  });

  it.each(['"1"', "garbage", '"99999999999999999999"', '""'])(
    "If-Match %s is refused and changes nothing",
    async (tag) => {
      const made = await create();
      const put = await asAnn("PUT", `/apis/${made.id}`, { ...made, description: "late" }, { "if-match": tag });
      expect(put.status).toBe(412);
      expect((await asAnn("DELETE", `/apis/${made.id}`, undefined, { "if-match": tag })).status).toBe(412);
      expect((await asAnn("GET", `/apis/${made.id}`)).body).toEqual(made);
    },
  );

  it("lets one of two saves at once win", async () => {
    const made = await create();
    const headers = { "if-match": `"${made.revision}"` };
    const saves = await Promise.all(
      ["one", "two"].map((description) => asAnn("PUT", `/apis/${made.id}`, { ...made, description }, headers)),
    );
    expect(saves.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it("answers 304 to who has it already", async () => {
    const made = await create();
    const known = await asAnn("GET", `/apis/${made.id}`, undefined, { "if-none-match": `"${made.revision}"` });
    expect(known.status).toBe(304);
  });
});

describe("lists", () => {
  it("show publishers their own and administrators all", async () => {
    const made = await create();
    const own = await asAnn("GET", `/apis?query=name:"${made.name}"`);
    expect(own.body).toMatchObject({ count: 1, list: [{ id: made.id, provider: "ann@example.com" }] });
    expect((await asBob("GET", `/apis?query=name:"${made.name}"`)).body).toMatchObject({ count: 0, list: [] });
    expect((await asAdmin("GET", `/apis?query=name:"${made.name}"`)).body).toMatchObject({ count: 1 });
    expect((await asAdmin("GET", `/apis/${made.id}`)).status).toBe(200);
  });

  it("link to the pages beside", async () => {
    await Promise.all([create(), create(), create()]);
    const first = await asAnn("GET", "/apis?limit=1&query=Api");
    expect(first.body.pagination).toMatchObject({
      offset: 0,
      limit: 1,
      next: "/apis?limit=1&offset=1&query=Api",
      previous: "",
    });
    const second = await asAnn("GET", "/apis?limit=1&offset=1&query=Api");
    expect(second.body.pagination).toMatchObject({ previous: "/apis?limit=1&offset=0&query=Api" });
  });
});

describe("the life of an API", () => {
  it("goes through publishing, keys, a new version and deletion", async () => {
    const { id, name, context } = await create({ endpointConfig: threeMembers });
    const state = await asAnn("GET", `/apis/${id}/lifecycle-state`);
    expect(state.body).toEqual({
      state: "CREATED",
      availableTransitions: [{ event: "Publish", targetState: "PUBLISHED" }],
    });
    const published = await asAnn("POST", `/apis/change-lifecycle?apiId=${id}&action=Publish`);
    expect(published.body).toMatchObject({ workflowStatus: "APPROVED", lifecycleState: { state: "PUBLISHED" } });
    expect((await asAnn("POST", `/apis/change-lifecycle?apiId=${id}&action=Dance`)).status).toBe(400);

    expect((await asAnn("POST", `/apis/validate?query=name:${name}`)).status).toBe(200);
    expect((await asAnn("POST", `/apis/validate?query=context:${context}`)).status).toBe(200);
    expect((await asAnn("POST", "/apis/validate?query=name:Free")).status).toBe(404);
    expect((await asAnn("POST", "/apis/validate?query=colour:red")).status).toBe(400);

    const key = await asAnn("POST", `/apis/${id}/api-keys`, { name: "shop", keyType: "SANDBOX" });
    expect(key).toMatchObject({ status: 201, body: { keyType: "SANDBOX", expiresAt: null } });
    const listed = await asAnn("GET", `/apis/${id}/api-keys`);
    expect(listed.body).toMatchObject({ count: 1, list: [{ name: "shop" }] });
    expect(JSON.stringify(listed.body)).not.toContain(key.body.apikey);
    expect((await asAnn("POST", `/apis/${id}/api-keys`, { name: "x", keyType: "sandbox" })).status).toBe(400);
    const past = { name: "old", keyType: "SANDBOX", expiresAt: "2020-01-01T00:00:00Z" };
    expect(paths((await asAnn("POST", `/apis/${id}/api-keys`, past)).body)).toEqual(["expiresAt"]);
    expect((await asAnn("DELETE", `/apis/${id}/api-keys/${key.body.id}`)).status).toBe(200);
    expect((await asAnn("DELETE", `/apis/${id}/api-keys/${key.body.id}`)).status).toBe(404);

    const tryOut = await asAnn("POST", `/apis/${id}/generate-key?keyType=SANDBOX`);
    expect(tryOut.body).toMatchObject({ apikey: expect.stringMatching(/^flt_/), validityTime: 900_000 });

    const copy = await asAnn("POST", `/apis/copy-apis?apiId=${id}&newVersion=2.0.0`);
    expect(copy).toMatchObject({ status: 201, body: { name, version: "2.0.0", lifeCycleStatus: "CREATED" } });
    const again = await asAnn("POST", `/apis/copy-apis?apiId=${id}&newVersion=2.0.0`);
    expect({ status: again.status, paths: paths(again.body) }).toEqual({ status: 409, paths: ["newVersion"] });

    expect((await asAnn("DELETE", `/apis/${id}`)).status).toBe(200);
    expect((await asAnn("GET", `/apis/${id}`)).status).toBe(404);
  });

  it("checks an endpoint without following what it must not", async () => {
    const refused = await asAnn(
      "POST",
      `/apis/validate-endpoint?endpointUrl=${encodeURIComponent("http://169.254.169.254/")}`,
    );
    expect({ status: refused.status, paths: paths(refused.body) }).toEqual({ status: 400, paths: ["endpointUrl"] });
    const closed = await asAnn(
      "POST",
      `/apis/validate-endpoint?endpointUrl=${encodeURIComponent("http://127.0.0.1:1/")}`,
    );
    expect(closed).toMatchObject({ status: 200, body: { statusCode: 0, error: expect.any(String) } });
  });
});

describe("credentials", () => {
  it("are verified once for many requests at once, and stop working with the password", async () => {
    const { context, call, email } = await person("Cas");
    expect(
      (await Promise.all(Array.from({ length: 12 }, () => call("GET", "/apis")))).map(({ status }) => status),
    ).toEqual(Array(12).fill(200));
    const change = { currentPassword: "Cas password", newPassword: "a new password" };
    await changePassword(context, change, "no session", "192.0.2.9");
    expect((await call("GET", "/apis")).status).toBe(401);
    expect((await restClient(basic(email, change.newPassword))("GET", "/apis")).status).toBe(200);
  });

  it("of a deactivated person are refused at once, cached or not, tokens too", async () => {
    const { context, call, userId } = await person("Dee");
    const { secret: token } = await createAccessToken(context, { name: "script" });
    const byToken = restClient(`Bearer ${token}`);
    expect([(await call("GET", "/apis")).status, (await byToken("GET", "/apis")).status]).toEqual([200, 200]);
    await setUserActive(admin, userId, false);
    expect([(await call("GET", "/apis")).status, (await byToken("GET", "/apis")).status]).toEqual([401, 401]);
  });

  it("that are wrong too often are answered 429 with the time to wait, but not those that were right before", async () => {
    const { call, email } = await person("Eve");
    expect((await call("GET", "/apis")).status).toBe(200);
    const guesses = await Promise.all(
      Array.from({ length: 12 }, (_, index) => restClient(basic(email, `guess ${index}`))("GET", "/apis")),
    );
    expect(guesses.filter(({ status }) => status === 429)).toHaveLength(2);
    const limited = await restClient(basic(email, "one more"))("GET", "/apis");
    expect(limited).toMatchObject({ status: 429, body: { code: 900_800 } });
    expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(attemptWindowMs / 1000 - 60);
    expect((await call("GET", "/apis")).status).toBe(200);
  });

  it("may be a token until it expires or is revoked", async () => {
    const { token, secret: used } = await createAccessToken(ann, { name: "used" });
    const call = restClient(`Bearer ${used}`);
    expect((await call("GET", "/apis")).status).toBe(200);
    const row = await ann.db.accessToken.findUniqueOrThrow({ where: { id: token.id } });
    expect(row.lastUsedAt).not.toBeNull();
    expect(JSON.stringify(row)).not.toContain(used);
    await ann.db.accessToken.update({ where: { id: token.id }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await call("GET", "/apis")).body.description).toMatch(/expired/);
    await revokeAccessToken(ann, token.id);
    expect((await call("GET", "/apis")).status).toBe(401);
  });

  it("may be a session only for a page of the publisher", async () => {
    const { auth } = await import("../auth/auth.ts");
    const body = { email: ann.actor.email, password: "Ann password" };
    await ann.db.account.updateMany({
      where: { userId: ann.actor.id },
      data: { password: await hashPassword(body.password) },
    });
    const { headers } = await auth().api.signInEmail({ body, headers: new Headers(), returnHeaders: true });
    const cookie = headers.get("set-cookie")?.split(";")[0] ?? "";
    const status = async (more: Record<string, string>) =>
      (await restClient()("GET", "/apis", undefined, { cookie, ...more })).status;
    expect(await status({})).toBe(401);
    expect(await status({ origin: "http://evil.example" })).toBe(401);
    expect(await status({ origin: "null" })).toBe(401);
    expect(await status({ origin: "http://publisher.test" })).toBe(200);
  });
});

describe("endpoints over REST", () => {
  it("have ids, and a switch that leaves the ETag alone", async () => {
    const endpointConfig = {
      endpoint_type: "load_balance",
      production_endpoints: [{ url: "http://a.example" }, { url: "http://b.example" }],
    };
    const made = await asAnn("POST", "/apis", newApi({ endpointConfig }));
    const path = `/apis/${made.body.id}/endpoints`;
    const listed = await asAnn("GET", path);
    expect(listed.body).toMatchObject({
      count: 2,
      list: [
        { keyType: "PRODUCTION", url: "http://a.example", position: "on", switchedBy: null },
        { keyType: "PRODUCTION", url: "http://b.example", position: "on" },
      ],
    });
    const [first] = z.array(z.object({ id: z.string() })).parse(listed.body.list);
    const etag = (await asAnn("GET", `/apis/${made.body.id}`)).headers.get("etag");
    for (const keyType of ["production", "PRODUCTION"]) {
      const reply = await asAnn("POST", `${path}/${keyType}/${first?.id}/switch`, { position: "drain" });
      expect([reply.status, reply.body.position, reply.body.switchedBy]).toEqual([200, "drain", "Ann"]);
    }
    expect((await asAnn("GET", `/apis/${made.body.id}`)).headers.get("etag")).toBe(etag);
    const wrong = await asAnn("POST", `${path}/production/${first?.id}/switch`, { position: "sideways" });
    expect([wrong.status, wrong.body.error]).toMatchObject([400, [{ path: "position" }]]);
    expect((await asBob("POST", `${path}/production/${first?.id}/switch`, { position: "off" })).status).toBe(403);
    expect((await asBob("GET", path)).status).toBe(403);
  });
});
