import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeCertificate } from "../../../scripts/testing/make-certificate.ts";
import { createApiKey } from "../api-keys/create-api-key.ts";
import { listApiKeys } from "../api-keys/list-api-keys.ts";
import { addCertificate } from "../certificates/add-certificate.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { createApi } from "./create-api.ts";
import { deleteApi } from "./delete-api.ts";
import { listDeletedApis, sweepDeletedApis } from "./deleted-apis.ts";
import { getApi } from "./get-api.ts";
import { restoreDeletedApi } from "./restore-deleted-api.ts";
import { updateApi } from "./update-api.ts";

let publisher: TestPublisher;
let ann: ServerContext;
let bob: ServerContext;
let admin: ServerContext;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
  bob = await publisher.person("Bob");
  admin = await publisher.person("Root", "admin");
});
afterAll(() => publisher?.close());

let counter = 0;
/** An API that is live, of a name and context of its own. */
async function liveApi(given: object = {}) {
  counter += 1;
  const endpointUrl = "https://backend.example/menu";
  return createApi(ann, {
    ...{ name: `Api ${counter}`, context: `/api-${counter}`, version: "1", endpointUrl, publish: true },
    ...given,
  });
}

describe("bringing a deleted API back", () => {
  it("brings its document, state, owner, history, keys and certificates", async () => {
    const api = await liveApi();
    const { key } = await createApiKey(ann, api.id, { name: "Consumer", keyType: "production" });
    const { cert: certificate } = await makeCertificate({ name: "backend.example" });
    await addCertificate(ann, api.id, { kind: "trusted", alias: "backend", host: "backend.example", certificate });
    const before = await getApi(ann, api.id);
    await deleteApi(admin, api.id);
    expect(await publisher.db.apiKey.count({ where: { apiId: api.id } })).toBe(0);

    const [deleted] = await listDeletedApis(ann);
    expect(deleted).toMatchObject({ id: api.id, name: api.name, owner: { name: "Ann" }, deletedBy: "Root" });
    await restoreDeletedApi(ann, api.id);

    const after = await getApi(ann, api.id);
    expect(after).toEqual({ ...before, revision: after.revision, updatedAt: after.updatedAt });
    expect(after.revision).toBeGreaterThan(before.revision);
    expect((await listApiKeys(ann, api.id)).map(({ id }) => id)).toEqual([key.id]);
    expect(await publisher.db.endpointCertificate.count({ where: { apiId: api.id, alias: "backend" } })).toBe(1);
    expect(await publisher.db.apiRevision.count({ where: { apiId: api.id } })).toBe(2);
    const events = await publisher.db.auditEvent.findMany({ where: { subjectId: api.id }, orderBy: { id: "asc" } });
    expect(events.map(({ action }) => action).slice(-2)).toEqual(["api.delete", "deleted-api.restore"]);
    expect(await listDeletedApis(ann)).toEqual([]);
  });

  it("can be done again after another deletion", async () => {
    const api = await liveApi();
    for (let round = 0; round < 2; round += 1) {
      await deleteApi(ann, api.id);
      await restoreDeletedApi(ann, api.id);
    }
    expect((await getApi(ann, api.id)).lifecycleState).toBe("PUBLISHED");
  });

  it("is for its owner and administrators", async () => {
    const api = await liveApi();
    await deleteApi(ann, api.id);
    await expect(restoreDeletedApi(bob, api.id)).rejects.toMatchObject({ kind: "forbidden" });
    expect(await listDeletedApis(bob)).toEqual([]);
    expect((await listDeletedApis(admin)).map(({ id }) => id)).toContain(api.id);
    expect((await restoreDeletedApi(admin, api.id)).owner.name).toBe("Ann");
  });

  it("refuses a context that another API has now, names who has it, and changes nothing", async () => {
    const api = await liveApi();
    await deleteApi(ann, api.id);
    const taker = await liveApi({ context: api.context });
    await expect(restoreDeletedApi(ann, api.id)).rejects.toMatchObject({
      kind: "conflict",
      items: [
        {
          path: "context",
          message: `${api.name} 1 cannot come back: its context ${api.context} is taken by ${taker.name} 1 now. Once that API has another context, or is deleted, it can.`,
        },
      ],
    });
    await expect(getApi(ann, api.id)).rejects.toMatchObject({ kind: "not-found" });
    await deleteApi(ann, taker.id);
    await restoreDeletedApi(ann, api.id);
  });

  it("refuses a name that somebody else took, without telling whose it is", async () => {
    const api = await liveApi();
    await deleteApi(ann, api.id);
    await createApi(bob, { name: api.name, context: `${api.context}-of-bob`, version: "2" });
    await expect(restoreDeletedApi(ann, api.id)).rejects.toMatchObject({
      kind: "conflict",
      items: [{ path: "name", message: expect.stringContaining("taken by an API of another publisher now") }],
    });
  });

  it("leaves the default version to the one that has it now", async () => {
    const first = await liveApi({ isDefaultVersion: true });
    await deleteApi(ann, first.id);
    const second = await liveApi({ name: first.name, context: `${first.context}-two`, version: "2" });
    await updateApi(ann, second.id, { isDefaultVersion: true });
    await deleteApi(ann, second.id);
    await restoreDeletedApi(ann, first.id);
    await restoreDeletedApi(ann, second.id);
    expect([(await getApi(ann, first.id)).isDefaultVersion, (await getApi(ann, second.id)).isDefaultVersion]).toEqual([
      true,
      false,
    ]);
  });

  it.each([
    ["never deleted", "00000000-0000-4000-8000-000000000000"],
    ["no id", "nothing"],
  ])("finds nothing that was %s", async (_case, id) => {
    await expect(restoreDeletedApi(admin, id)).rejects.toMatchObject({ kind: "not-found" });
  });

  it("is over after thirty days, and what was kept is gone", async () => {
    const api = await liveApi();
    await createApiKey(ann, api.id, { name: "Consumer", keyType: "production" });
    await deleteApi(ann, api.id);
    const longAgo = new Date(Date.now() - 30 * 86_400_000 - 1_000);
    await publisher.db.apiDeletion.update({ where: { apiId: api.id }, data: { deletedAt: longAgo } });
    await sweepDeletedApis(publisher.db);
    await expect(restoreDeletedApi(ann, api.id)).rejects.toMatchObject({ kind: "not-found" });
    expect(await publisher.db.apiDeletion.findMany({ where: { apiId: api.id } })).toMatchObject([{ kept: null }]);
  });
});
