import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditCursor } from "../../model/audit.ts";
import { compareApiRevisions } from "../apis/compare-api-revisions.ts";
import { createApi } from "../apis/create-api.ts";
import { getApiRevision } from "../apis/get-api-revision.ts";
import { listApiRevisions } from "../apis/list-api-revisions.ts";
import { updateApi } from "../apis/update-api.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { getStoredApi } from "./get-stored-api.ts";
import { listAuditEvents } from "./list-audit-events.ts";
import { listStoredApis } from "./list-stored-apis.ts";

let publisher: TestPublisher;
let ann: ServerContext;
let admin: ServerContext;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
  admin = await publisher.person("Ada", "admin");
});
afterAll(() => publisher?.close());

const withPassword = (password: string) => ({
  kind: "single" as const,
  protocol: "rest" as const,
  production: { id: "a", url: "http://a.example" },
  extra: { endpoint_security: { production: { password } } },
});

describe("what is stored", () => {
  it("is for administrators", async () => {
    const api = await createApi(ann, { name: "Mine", context: "/mine", version: "1" });
    await expect(listStoredApis(ann)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(getStoredApi(ann, api.id)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(listAuditEvents(ann)).rejects.toMatchObject({ kind: "forbidden" });
    expect((await listStoredApis(admin, { query: "mine" })).total).toBe(1);
  });

  it("is shown without secrets: the document, its revisions, and their difference", async () => {
    const input = { name: "Secret", context: "/secret", version: "1", endpointConfig: withPassword("first") };
    const api = await createApi(ann, input);
    const saved = await updateApi(ann, api.id, { description: "New.", endpointConfig: withPassword("second") });

    const stored = await getStoredApi(admin, api.id);
    expect(stored).toMatchObject({ problems: [], document: { name: "Secret", endpointConfig: withPassword("") } });
    const revisions = await listApiRevisions(ann, api.id);
    expect(revisions.map(({ revision, action, actorName }) => [revision, action, actorName])).toEqual([
      [saved.revision, "Save", "Ann"],
      [api.revision, "Create", "Ann"],
    ]);
    const revision = await getApiRevision(ann, api.id, api.revision);
    expect(revision.document.endpointConfig).toMatchObject(withPassword(""));
    const changes = await compareApiRevisions(ann, api.id, api.revision, saved.revision);
    expect(changes).toMatchObject([
      { subject: "Description", before: "", after: "New." },
      { after: expect.stringContaining("••• (changed)") },
    ]);
    const events = await listAuditEvents(admin, { subjectId: api.id });
    expect(events.map(({ action }) => action)).toEqual(["api.update", "api.create"]);
    expect(JSON.stringify([stored, revision, changes, events])).not.toMatch(/sealed:|first|second/);
  });

  it.each([0, -1, 1.5, 1e12, Number.NaN])("has no revision %d", async (number) => {
    const { apis } = await listStoredApis(admin, { query: "mine" });
    await expect(getApiRevision(admin, apis[0]?.id ?? "", number)).rejects.toMatchObject({ kind: "not-found" });
  });

  it("is shown with what is wrong when it is broken, and the list still works", async () => {
    const api = await createApi(ann, { name: "Broken", context: "/broken", version: "1" });
    const endpointConfig = { kind: "single", production: { url: 7 }, password: "sealed:v1:x" };
    await publisher.db.api.update({ where: { id: api.id }, data: { endpointConfig } });

    const stored = await getStoredApi(admin, api.id);
    expect(stored.problems.map(({ path }) => path)).toContain("endpointConfig.production.url");
    expect(stored.document).toMatchObject({ endpointConfig: { production: { url: 7 }, password: "" } });
    expect((await listStoredApis(admin, { query: "broken" })).total).toBe(1);
  });

  it("has an audit log that is read page by page", async () => {
    const all = await listAuditEvents(admin, { limit: 500 });
    const first = await listAuditEvents(admin, { limit: 2 });
    const next = await listAuditEvents(admin, { limit: 2, before: first[1] && auditCursor(first[1]) });
    expect([...first, ...next]).toEqual(all.slice(0, 4));
    await expect(listAuditEvents(admin, { before: "x" })).rejects.toMatchObject({ kind: "invalid" });
  });
});
