import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiKey } from "../api-keys/create-api-key.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { createApi } from "./create-api.ts";
import { deleteApi } from "./delete-api.ts";
import { getApi } from "./get-api.ts";
import { isApiNameTaken } from "./is-api-name-taken.ts";
import { isContextTaken } from "./is-context-taken.ts";

let publisher: TestPublisher;
let ann: ServerContext;
let bob: ServerContext;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
  bob = await publisher.person("Bob");
});
afterAll(() => publisher?.close());

const pizza = { name: "Pizza", context: "/pizza", version: "1" };

describe("deleting an API", () => {
  it("takes it and its keys, leaves its history, and frees name and context", async () => {
    const api = await createApi(ann, pizza);
    await createApiKey(ann, api.id, { name: "Consumer", keyType: "production" });
    expect([await isApiNameTaken(bob, "Pizza"), await isContextTaken(bob, "pizza")]).toEqual([true, true]);

    await deleteApi(ann, api.id);

    await expect(getApi(ann, api.id)).rejects.toMatchObject({ kind: "not-found" });
    expect(await publisher.db.apiKey.count()).toBe(0);
    expect(await publisher.db.apiRevision.count({ where: { apiId: api.id } })).toBe(1);
    const { revision } = await publisher.db.configRevision.findUniqueOrThrow({ where: { id: 1 } });
    expect(await publisher.db.apiDeletion.findMany()).toMatchObject([{ apiId: api.id, revision }]);
    const events = await publisher.db.auditEvent.findMany({ where: { subjectId: api.id }, orderBy: { id: "asc" } });
    expect(events.map(({ action }) => action)).toEqual(["api.create", "api-key.create", "api.delete"]);
    expect([await isApiNameTaken(bob, "Pizza"), await isContextTaken(bob, "/pizza")]).toEqual([false, false]);
    expect((await createApi(bob, pizza)).owner.name).toBe("Bob");
  });

  it("refuses the API of another publisher, and what is gone already", async () => {
    const api = await createApi(ann, { ...pizza, name: "Other", context: "/other" });
    await expect(deleteApi(bob, api.id)).rejects.toMatchObject({ kind: "forbidden" });
    await deleteApi(ann, api.id);
    await expect(deleteApi(ann, api.id)).rejects.toMatchObject({ kind: "not-found" });
  });

  it("answers that a text nobody can store is free", async () => {
    expect([await isApiNameTaken(ann, "a\0"), await isContextTaken(ann, "/\ud800")]).toEqual([false, false]);
  });
});
