import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApi } from "../apis/create-api.ts";
import { type Auth, createAuth } from "../auth/auth.ts";
import { findSession } from "../auth/session.ts";
import { signIn } from "../auth/sign-in.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher, testSecret } from "../testing/publisher.ts";
import { createAccessToken } from "../users/access-tokens.ts";
import { changePassword } from "../users/change-password.ts";
import { createFirstAdministrator } from "../users/first-administrator.ts";
import { revokeOtherSessions } from "../users/own-sessions.ts";
import { beginActing, endActing } from "./act-on-behalf.ts";

let publisher: TestPublisher;
let auth: Auth;
let ann: ServerContext;
const account = { name: "Ada", email: "ada@example.com", password: "correct-horse" };
const credentials = { email: account.email, password: account.password };
const now = () => new Date();

beforeAll(async () => {
  publisher = await openTestPublisher();
  auth = createAuth({ db: publisher.db, secret: testSecret, origin: "http://127.0.0.1:3000" });
  await createFirstAdministrator({ db: publisher.db, secret: testSecret, now }, account);
  ann = await publisher.person("Ann");
});
afterAll(() => publisher?.close());

/** The cookies a browser has after an answer. */
function cookiesOf(headers: Headers): Headers {
  const kept = headers
    .getSetCookie()
    .map((line) => line.split(";")[0] ?? "")
    .filter((pair) => !pair.endsWith("="));
  return new Headers({ cookie: kept.join("; ") });
}

async function contextOf(headers: Headers): Promise<ServerContext> {
  const session = await findSession(auth, publisher.db, headers);
  if (!session) throw new Error("There is no session.");
  const { actor, actingAdmin } = session;
  const origin = { address: "192.0.2.1", credential: "session", ...(actingAdmin && { actingAdmin }) };
  return { actor, db: publisher.db, secret: testSecret, now, origin };
}

async function actingForAnn() {
  const own = cookiesOf(await signIn({ db: publisher.db, auth, now, headers: new Headers() }, credentials));
  const begun = cookiesOf(await beginActing(await contextOf(own), { auth, headers: own }, ann.actor.id));
  return { begun, context: await contextOf(begun) };
}

describe("acting on behalf of somebody", () => {
  it("has their rights, is recorded with both names, and ends with one's own session", async () => {
    const { begun, context } = await actingForAnn();
    expect(context.actor).toMatchObject({ id: ann.actor.id, role: "publisher" });
    const api = await createApi(context, { name: "Mended", context: "/mended", version: "1" });
    expect(api.owner.id).toBe(ann.actor.id);
    const own = await contextOf(cookiesOf(await endActing(context, { auth, headers: begun })));
    expect(own.actor).toMatchObject({ name: "Ada", role: "admin" });
    expect(own.origin?.actingAdmin).toBeUndefined();
    expect(await findSession(auth, publisher.db, begun)).toBeUndefined();
    const events = await publisher.db.auditEvent.findMany({ orderBy: { id: "desc" }, take: 3 });
    expect(events.map(({ action, actorName, onBehalfOf }) => [action, actorName, onBehalfOf])).toEqual([
      ["behalf.end", "Ada", "Ann"],
      ["api.create", "Ada", "Ann"],
      ["behalf.begin", "Ada", null],
    ]);
  });

  it("leaves what is the person's own alone", async () => {
    const { context } = await actingForAnn();
    const refusal = { kind: "forbidden", message: expect.stringContaining("on behalf of Ann") };
    await expect(createAccessToken(context, { name: "mine now" })).rejects.toMatchObject(refusal);
    await expect(revokeOtherSessions(context, "x")).rejects.toMatchObject(refusal);
    const passwords = { currentPassword: "a", newPassword: "long-enough" };
    await expect(changePassword(context, passwords, "x", "192.0.2.1")).rejects.toMatchObject(refusal);
  });

  it("ends when the administrator is none any more", async () => {
    const { begun } = await actingForAnn();
    await publisher.db.user.updateMany({ where: { email: account.email }, data: { role: "publisher" } });
    expect(await findSession(auth, publisher.db, begun)).toBeUndefined();
    await publisher.db.user.updateMany({ where: { email: account.email }, data: { role: "admin" } });
  });

  it("is not for publishers, not for oneself or other administrators, nor for who is deactivated or gone", async () => {
    const change = { auth, headers: new Headers() };
    const admin = await publisher.person("Other", "admin");
    const gone = await publisher.person("Gone");
    await publisher.db.user.update({ where: { id: gone.actor.id }, data: { banned: true } });
    await expect(beginActing(ann, change, gone.actor.id)).rejects.toMatchObject({ kind: "forbidden" });
    for (const id of [admin.actor.id, gone.actor.id]) {
      await expect(beginActing(admin, change, id)).rejects.toMatchObject({ kind: "conflict" });
    }
    const second = await publisher.person("Second", "admin");
    await expect(beginActing(admin, change, second.actor.id)).rejects.toMatchObject({ kind: "conflict" });
    await expect(beginActing(admin, change, "nobody")).rejects.toMatchObject({ kind: "not-found" });
    await expect(endActing(admin, change)).rejects.toMatchObject({ kind: "conflict" });
  });
});
