import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadChanges, loadSnapshot } from "../../db/load-snapshot.ts";
import { createApiKey } from "../api-keys/create-api-key.ts";
import { revokeApiKey } from "../api-keys/revoke-api-key.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { changeLifecycle } from "./change-lifecycle.ts";
import { createApi } from "./create-api.ts";
import { deleteApi } from "./delete-api.ts";
import { updateApi } from "./update-api.ts";

let publisher: TestPublisher;
let ann: ServerContext;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
});
afterAll(() => publisher?.close());

describe("what a gateway reads after a change", () => {
  it("is each change once, and nothing but it", async () => {
    const input = { name: "Pizza", context: "/pizza", version: "1", endpointUrl: "http://a.example", publish: true };
    await createApi(ann, { ...input, name: "Bystander", context: "/bystander" });
    const start = (await loadSnapshot(publisher.db)).revision;

    const api = await createApi(ann, input);
    const created = await loadChanges(publisher.db, start);
    expect(created.upserts).toMatchObject([{ id: api.id, revision: api.revision, keys: [] }]);

    const { key, secret } = await createApiKey(ann, api.id, { name: "Shop", keyType: "sandbox" });
    const withKey = await loadChanges(publisher.db, created.revision);
    const hash = createHash("sha256").update(secret).digest("hex");
    expect(withKey.upserts).toMatchObject([
      { id: api.id, revision: api.revision, keys: [{ hash, keyType: "sandbox" }] },
    ]);

    await revokeApiKey(ann, api.id, key.id);
    const revoked = await loadChanges(publisher.db, withKey.revision);
    expect(revoked.upserts).toMatchObject([{ id: api.id, keys: [] }]);

    const saved = await updateApi(ann, api.id, { apiKeyRequired: false });
    const changed = await loadChanges(publisher.db, revoked.revision);
    expect(changed.upserts).toMatchObject([{ id: api.id, revision: saved.revision, apiKeyRequired: false }]);

    await changeLifecycle(ann, api.id, "Demote to Created");
    const demoted = await loadChanges(publisher.db, changed.revision);
    expect(demoted).toMatchObject({ upserts: [], removedIds: [api.id] });

    await deleteApi(ann, api.id);
    const deleted = await loadChanges(publisher.db, demoted.revision);
    expect(deleted).toMatchObject({ upserts: [], removedIds: [api.id], refused: [] });
    expect((await loadSnapshot(publisher.db)).apis.map(({ name }) => name)).toEqual(["Bystander"]);
  });

  it("is both versions when the default moves", async () => {
    const input = {
      name: "Default",
      version: "1",
      context: "/default",
      endpointUrl: "http://a.example",
      publish: true,
    };
    const first = await createApi(ann, { ...input, isDefaultVersion: true });
    const { revision } = await loadSnapshot(publisher.db);
    const second = await createApi(ann, { ...input, version: "2", context: "/default-2", isDefaultVersion: true });
    const { upserts } = await loadChanges(publisher.db, revision);
    expect(new Map(upserts.map(({ id, isDefaultVersion }) => [id, isDefaultVersion]))).toEqual(
      new Map([
        [first.id, false],
        [second.id, true],
      ]),
    );
  });
});
