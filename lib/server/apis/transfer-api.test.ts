import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Api } from "../../model/api.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { createApi } from "./create-api.ts";
import { getApi } from "./get-api.ts";
import { listPossibleOwners, transferApi } from "./transfer-api.ts";

let publisher: TestPublisher;
let ann: ServerContext;
let bob: ServerContext;
let api: Api;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
  bob = await publisher.person("Bob");
  api = await createApi(ann, { name: "Orders", context: "/orders", version: "1" });
});
afterAll(() => publisher?.close());

describe("an API that is transferred", () => {
  it("goes to an active publisher or administrator alone", async () => {
    const viewer = await publisher.person("Vera", "viewer");
    const gone = await publisher.person("Gone");
    await publisher.db.user.update({ where: { id: gone.actor.id }, data: { banned: true } });
    const admin = await publisher.person("Admin", "admin");
    const offered = await listPossibleOwners(ann, api.id);
    expect(offered.map(({ name }) => name)).toEqual([admin.actor.name, "Bob"]);
    for (const { email } of [viewer.actor, gone.actor, { email: "nobody@example.com" }]) {
      await expect(transferApi(ann, api.id, { email })).rejects.toMatchObject({ items: [{ path: "email" }] });
    }
  });

  it("stays what it is, is reached by its new owner alone, and the audit log says so", async () => {
    await expect(transferApi(bob, api.id, { email: bob.actor.email })).rejects.toMatchObject({ kind: "forbidden" });
    const { owner, revision } = await transferApi(ann, api.id, { email: bob.actor.email.toUpperCase() });
    expect([owner.name, revision]).toEqual(["Bob", api.revision]);
    expect((await getApi(bob, api.id)).owner.id).toBe(bob.actor.id);
    await expect(getApi(ann, api.id)).rejects.toMatchObject({ kind: "forbidden" });
    const events = await publisher.db.auditEvent.findMany({ where: { action: "api.transfer" } });
    expect(events.map(({ detail }) => detail)).toEqual([{ before: ann.actor.email, after: bob.actor.email }]);
  });
});
