import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Api } from "../../model/api.ts";
import { maxCoOwners } from "../../model/co-owner.ts";
import { createApiKey } from "../api-keys/create-api-key.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { addCoOwner, listCoOwners, listPossibleCoOwners, removeCoOwner } from "./co-owners.ts";
import { createApi } from "./create-api.ts";
import { deleteApi } from "./delete-api.ts";
import { getApi } from "./get-api.ts";
import { listApis } from "./list-apis.ts";
import { restoreDeletedApi } from "./restore-deleted-api.ts";
import { transferApi } from "./transfer-api.ts";
import { updateApi } from "./update-api.ts";

let publisher: TestPublisher;
let ann: ServerContext;
let bob: ServerContext;
let api: Api;
let counter = 0;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
});
afterAll(() => publisher?.close());
beforeEach(async () => {
  counter += 1;
  bob = await publisher.person("Bob");
  api = await createApi(ann, { name: `Api ${counter}`, context: `/api-${counter}`, version: "1" });
});

const addBob = () => addCoOwner(ann, api.id, { email: bob.actor.email });

describe("a co-owner", () => {
  it("finds the API in the list, changes it and makes keys of it, and is listed with who chose them", async () => {
    expect((await listApis(bob)).total).toBe(0);
    await addBob();
    expect((await listApis(bob)).apis).toMatchObject([{ id: api.id, owner: { name: "Ann" } }]);
    await updateApi(bob, api.id, { description: "Ours" });
    await createApiKey(bob, api.id, { name: "Consumer", keyType: "production" });
    expect(await listCoOwners(bob, api.id)).toMatchObject([{ name: "Bob", email: bob.actor.email, addedBy: "Ann" }]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ["delete it", () => deleteApi(bob, api.id)],
    ["give it away", () => transferApi(bob, api.id, { email: bob.actor.email })],
    ["choose co-owners", () => addCoOwner(bob, api.id, { email: bob.actor.email })],
    ["remove co-owners", () => removeCoOwner(bob, api.id, bob.actor.id)],
    ["see who could be one", () => listPossibleCoOwners(bob, api.id)],
  ])("may not %s, and is told who may", async (_case, attempt) => {
    await addBob();
    await expect(attempt()).rejects.toMatchObject({
      kind: "forbidden",
      message: expect.stringMatching(/^Only the owner of this API and administrators may .*; you are a co-owner\.$/),
    });
  });

  it("reaches it no longer once removed, which the audit log tells", async () => {
    await addBob();
    await removeCoOwner(ann, api.id, bob.actor.id);
    await expect(getApi(bob, api.id)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(removeCoOwner(ann, api.id, bob.actor.id)).rejects.toMatchObject({ kind: "not-found" });
    const events = await publisher.db.auditEvent.findMany({ where: { subjectId: api.id }, orderBy: { id: "asc" } });
    expect(events.map(({ action }) => action)).toEqual(["api.create", "co-owner.add", "co-owner.remove"]);
  });

  it("looks on once a viewer: being a co-owner adds nothing to a role", async () => {
    await addBob();
    const viewer = { ...bob, actor: { ...bob.actor, role: "viewer" as const } };
    await expect(updateApi(viewer, api.id, { description: "Mine" })).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("is there again when the API was deleted and is brought back", async () => {
    await addBob();
    await deleteApi(ann, api.id);
    expect((await listApis(bob)).total).toBe(0);
    await expect(restoreDeletedApi(bob, api.id)).rejects.toMatchObject({ kind: "forbidden" });
    await restoreDeletedApi(ann, api.id);
    expect((await getApi(bob, api.id)).coOwnerIds).toEqual([bob.actor.id]);
  });
});

describe("adding a co-owner", () => {
  it("offers who may own APIs and has no part in this one", async () => {
    const offered = async () => (await listPossibleCoOwners(ann, api.id)).map(({ id }) => id);
    expect(await offered()).toContain(bob.actor.id);
    await addBob();
    expect(await offered()).not.toContain(bob.actor.id);
    expect(await offered()).not.toContain(ann.actor.id);
  });

  it("refuses the owner, somebody who is one, a viewer and a stranger, at the field", async () => {
    const viewer = await publisher.person("Vic", "viewer");
    await addBob();
    for (const [email, kind] of [
      [ann.actor.email, "conflict"],
      [bob.actor.email, "conflict"],
      [viewer.actor.email, "invalid"],
      ["nobody@example.com", "invalid"],
    ] as const) {
      await expect(addCoOwner(ann, api.id, { email })).rejects.toMatchObject({ kind, items: [{ path: "email" }] });
    }
  });

  it("holds two that come at once to one place, and to the bound", async () => {
    const people = await Promise.all(Array.from({ length: maxCoOwners - 1 }, (_, n) => publisher.person(`P${n}`)));
    await publisher.db.apiCoOwner.createMany({
      data: people.map(({ actor }) => ({ apiId: api.id, userId: actor.id, addedBy: "Ann" })),
    });
    const cid = await publisher.person("Cid");
    const both = await Promise.allSettled([addBob(), addCoOwner(ann, api.id, { email: cid.actor.email })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await publisher.db.apiCoOwner.count({ where: { apiId: api.id } })).toBe(maxCoOwners);
  });
});

describe("a transfer", () => {
  it("makes the new owner no co-owner any more, and leaves the old one as one where that is wanted", async () => {
    await addBob();
    const given = await transferApi(ann, api.id, { email: bob.actor.email, staysCoOwner: true });
    expect([given.owner.id, given.coOwnerIds]).toEqual([bob.actor.id, [ann.actor.id]]);
    await updateApi(ann, api.id, { description: "Still ours" });
    await expect(deleteApi(ann, api.id)).rejects.toMatchObject({ kind: "forbidden" });
  });
});
