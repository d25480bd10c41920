import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../scripts/testing/database.ts";
import { mostContentBytes, mostDocuments } from "../../model/documentation.ts";
import { closeDatabase, database } from "../database.ts";
import { restClient } from "../http/testing/rest-client.ts";
import { createFirstAdministrator } from "../users/first-administrator.ts";

const secret = "a secret of at least thirty-two characters";
const account = { name: "Ada", email: "ada@example.com", password: "correct horse" };
const call = restClient(`Basic ${Buffer.from(`${account.email}:${account.password}`).toString("base64")}`);
let storage: TestDatabase;
let counter = 0;

beforeAll(async () => {
  storage = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", storage.url);
  vi.stubEnv("FAIRLEAD_SECRET", secret);
  await createFirstAdministrator({ db: database(), secret, now: () => new Date() }, account);
});
afterAll(async () => {
  await closeDatabase();
  await storage.drop();
});

async function newApi(): Promise<string> {
  counter += 1;
  const { body } = await call("POST", "/apis", { name: `Api ${counter}`, context: `/api-${counter}`, version: "1" });
  return `/apis/${body.id}`;
}

const guide = { name: "Getting started", type: "HOWTO", summary: "First steps", sourceType: "MARKDOWN" };
const errorsOf = ({ body }: { body: Record<string, unknown> }) => body.error;

describe("documents of an API", () => {
  it("are written, read, changed and deleted", async () => {
    const api = await newApi();
    const created = await call("POST", `${api}/documents`, { ...guide, inlineContent: "# Hi\n" });
    expect([created.status, created.headers.get("etag")]).toEqual([201, '"1"']);
    const at = `${api}/documents/${created.body.documentId}`;
    expect((await call("GET", at)).body).toEqual(created.body);
    expect(created.body).toMatchObject({ ...guide, inlineContent: "# Hi\n", sourceUrl: null, lastUpdatedBy: "Ada" });
    const changed = await call("PUT", at, { ...guide, name: "Start", inlineContent: "# Ho\n" }, { "if-match": '"1"' });
    expect([changed.status, changed.headers.get("etag")]).toEqual([200, '"2"']);
    const { body } = await call("GET", `${api}/documents`);
    expect(body).toMatchObject({ count: 1, list: [{ name: "Start", revision: 2 }] });
    expect(JSON.stringify(body)).not.toContain("Ho");
    expect((await call("DELETE", at)).status).toBe(200);
    expect((await call("GET", at)).status).toBe(404);
    const actions = await database().auditEvent.findMany({
      where: { action: { startsWith: "documentation." } },
      orderBy: { at: "asc" },
    });
    expect(actions.map(({ action }) => action)).toEqual([
      "documentation.create",
      "documentation.update",
      "documentation.delete",
    ]);
  });

  it("are not written over by somebody who read an older one", async () => {
    const api = await newApi();
    const { body } = await call("POST", `${api}/documents`, guide);
    const at = `${api}/documents/${body.documentId}`;
    await call("PUT", at, { ...guide, inlineContent: "mine" }, { "if-match": '"1"' });
    const late = await call("PUT", at, { ...guide, inlineContent: "yours" }, { "if-match": '"1"' });
    expect(late.status).toBe(412);
    expect((await call("GET", at)).body).toMatchObject({ inlineContent: "mine", revision: 2 });
  });

  it.each<[string, object, string]>([
    ["no name", { name: " " }, "name"],
    ["a name that leads out of a folder", { name: "../x" }, "name"],
    ["a name of dots", { name: ".." }, "name"],
    ["an unknown type", { type: "NOVEL" }, "type"],
    ["a file", { sourceType: "FILE" }, "sourceType"],
    ["too long a content", { inlineContent: "ä".repeat(mostContentBytes / 2 + 1) }, "inlineContent"],
    ["half a character", { inlineContent: "\ud800" }, "inlineContent"],
    ["no address", { sourceType: "URL" }, "sourceUrl"],
    ["an address that is a script", { sourceType: "URL", sourceUrl: "javascript:alert(1)" }, "sourceUrl"],
    ["an address hidden behind a line end", { sourceType: "URL", sourceUrl: "java\nscript:http://x" }, "sourceUrl"],
  ])("are refused with %s, at the field", async (_, change, path) => {
    const answer = await call("POST", `${await newApi()}/documents`, { ...guide, ...change });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(errorsOf(answer))).toContain(`"${path}"`);
  });

  it("have a name each, however it is written", async () => {
    const api = await newApi();
    await call("POST", `${api}/documents`, guide);
    expect((await call("POST", `${api}/documents`, { ...guide, name: "getting STARTED" })).status).toBe(409);
  });

  it("have bounds, also when they come at once", async () => {
    const api = await newApi();
    const full = "x".repeat(mostContentBytes);
    const answers = await Promise.all(
      Array.from({ length: 25 }, (_, n) =>
        call("POST", `${api}/documents`, { ...guide, name: `Doc ${n}`, inlineContent: full }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    for (let n = 25; n < 25 + mostDocuments - 20; n += 1)
      await call("POST", `${api}/documents`, { ...guide, name: `Doc ${n}` });
    expect((await call("POST", `${api}/documents`, { ...guide, name: "One more" })).status).toBe(409);
  });

  it("come out as text, whatever they look like", async () => {
    const api = await newApi();
    const inlineContent = "<script>alert(1)</script>";
    const { body } = await call("POST", `${api}/documents`, { ...guide, inlineContent });
    const { GET } = await import(
      "../../../app/api/am/publisher/v4/apis/[apiId]/documents/[documentId]/content/route.ts"
    );
    const [, , apiId = ""] = api.split("/");
    const headers = {
      authorization: `Basic ${Buffer.from(`${account.email}:${account.password}`).toString("base64")}`,
    };
    const answer = await GET(
      new Request("http://publisher.test/", { headers: { ...headers, host: "publisher.test" } }),
      {
        params: Promise.resolve({ apiId, documentId: String(body.documentId) }),
      },
    );
    expect(answer.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await answer.text()).toBe(inlineContent);
  });

  it("are another API's where another API is asked", async () => {
    const [one, other] = [await newApi(), await newApi()];
    const { body } = await call("POST", `${one}/documents`, guide);
    expect((await call("GET", `${other}/documents/${body.documentId}`)).status).toBe(404);
    expect((await call("DELETE", `${other}/documents/${body.documentId}`)).status).toBe(404);
  });

  it("go with a new version", async () => {
    const api = await newApi();
    await call("POST", `${api}/documents`, { ...guide, inlineContent: "# Hi" });
    const copy = await call("POST", `/apis/copy-apis?apiId=${api.split("/")[2]}&newVersion=2`);
    expect((await call("GET", `/apis/${copy.body.id}/documents`)).body).toMatchObject({ list: [{ name: guide.name }] });
  });
});
