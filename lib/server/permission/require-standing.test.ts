import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Api } from "../../model/api.ts";
import { addCoOwner } from "../apis/co-owners.ts";
import { createApi } from "../apis/create-api.ts";
import { updateApi } from "../apis/update-api.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { createAccessToken } from "../users/access-tokens.ts";
import { invite } from "../users/invitations.ts";
import { resetUserPassword } from "../users/reset-user-password.ts";
import { setUserRole } from "../users/set-user-role.ts";

let publisher: TestPublisher;
let ada: ServerContext;
let bob: ServerContext;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ada = await publisher.person("Ada", "admin");
  bob = await publisher.person("Bob");
});
afterAll(() => publisher?.close());

const origin = { address: "192.0.2.1", credential: "session" };
const refused = { kind: "forbidden", message: expect.stringContaining("changed while this was on its way") };

/** Somebody with an API, as they were when their request began. */
async function begun(role: "publisher" | "admin"): Promise<{ context: ServerContext; api: Api }> {
  const context = await publisher.person("Carl", role);
  const name = `Carl's ${context.actor.id.slice(0, 8)}`.replace(/[^\w]/g, "");
  const api = await createApi(context, { name, context: `/${name}`, version: "1", endpointUrl: "http://a.test" });
  return { context: { ...context, origin }, api };
}

describe("a role that changes in the middle of a request", () => {
  it.each<[string, "publisher" | "admin", (context: ServerContext, api: Api) => Promise<unknown>]>([
    ["saving an API", "publisher", (context, api) => updateApi(context, api.id, { description: "written anyway" })],
    ["adding a co-owner", "publisher", (context, api) => addCoOwner(context, api.id, { email: bob.actor.email })],
    ["making a token", "publisher", (context) => createAccessToken(context, { name: "for later" })],
    ["inviting", "admin", (context) => invite(context, { email: `${context.actor.id}@new.example`, role: "admin" })],
    ["giving a role", "admin", (context) => setUserRole(context, bob.actor.id, "admin")],
    ["resetting a password", "admin", (context) => resetUserPassword(context, bob.actor.id, "taken over now")],
  ])("keeps %s from being done, and leaves nothing behind", async (_what, role, act) => {
    const { context, api } = await begun(role);
    await setUserRole(ada, context.actor.id, "viewer");
    const before = await publisher.db.auditEvent.count();
    await expect(act(context, api)).rejects.toMatchObject(refused);
    expect(await publisher.db.auditEvent.count()).toBe(before);
    expect(await publisher.db.api.findUnique({ where: { id: api.id } })).toMatchObject({ description: "" });
  });

  it("is refused like that of an account that is deactivated, and goes on when that is taken back", async () => {
    const { context, api } = await begun("publisher");
    const save = () => updateApi(context, api.id, { description: "written anyway" });
    await publisher.db.user.update({ where: { id: context.actor.id }, data: { banned: true } });
    await expect(save()).rejects.toMatchObject(refused);
    await publisher.db.user.update({ where: { id: context.actor.id }, data: { banned: false } });
    await save();
  });

  it("ends what an administrator does on somebody's behalf", async () => {
    const [{ context, api }, eve] = [await begun("publisher"), await publisher.person("Eve", "admin")];
    const onBehalf = { ...context, origin: { ...origin, actingAdmin: { id: eve.actor.id, name: "Eve" } } };
    await updateApi(onBehalf, api.id, { description: "by an administrator" });
    await setUserRole(ada, eve.actor.id, "publisher");
    await expect(updateApi(onBehalf, api.id, { description: "by nobody" })).rejects.toMatchObject(refused);
  });

  it("may be one's own, which the same request goes on with", async () => {
    const { context } = await begun("admin");
    await setUserRole(context, context.actor.id, "viewer");
    await expect(setUserRole(context, context.actor.id, "admin")).rejects.toMatchObject(refused);
  });
});
