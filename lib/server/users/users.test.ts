import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { UserRole } from "../../model/account.ts";
import { createAuth } from "../auth/auth.ts";
import { signIn } from "../auth/sign-in.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { createAccessToken, listAccessTokens, revokeAccessToken } from "./access-tokens.ts";
import { changePassword } from "./change-password.ts";
import { createUser } from "./create-user.ts";
import { listUsers } from "./list-users.ts";
import { listOwnSessions, revokeOtherSessions, revokeOwnSession } from "./own-sessions.ts";
import { resetUserPassword } from "./reset-user-password.ts";
import { revokeUserSessions } from "./revoke-user-sessions.ts";
import { setUserActive } from "./set-user-active.ts";
import { setUserRole } from "./set-user-role.ts";

let publisher: TestPublisher;
let ada: ServerContext;
let ann: ServerContext;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ada = await publisher.person("Ada", "admin");
  ann = await publisher.person("Ann");
});
afterAll(() => publisher?.close());

let counter = 0;
const password = "a good password";

/** A person with a password and, when asked for, open sessions. */
async function member(role: UserRole = "publisher", sessions = 0): Promise<ServerContext> {
  counter += 1;
  const person = { name: `Person ${counter}`, email: `person-${counter}@example.com`, role };
  const { id } = await createUser(ada, { ...person, password });
  const context = { ...ada, actor: { id, ...person } };
  for (let index = 0; index < sessions; index += 1) await openSession(context);
  return context;
}

async function openSession(context: ServerContext, chosen = password): Promise<void> {
  const auth = createAuth({ db: publisher.db, secret: context.secret, origin: "http://127.0.0.1:3000" });
  const headers = new Headers({ "x-forwarded-for": "192.0.2.1" });
  await signIn({ db: publisher.db, auth, now: context.now, headers }, { email: context.actor.email, password: chosen });
}

const lastEvent = () => publisher.db.auditEvent.findFirst({ orderBy: { id: "desc" } });

describe("what only administrators may do", () => {
  it.each<[string, () => Promise<unknown>]>([
    ["list people", () => listUsers(ann)],
    ["add people", () => createUser(ann, { name: "x", email: "x@example.com", password, role: "admin" })],
    ["give roles", () => setUserRole(ann, ann.actor.id, "admin")],
    ["deactivate people", () => setUserActive(ann, ada.actor.id, false)],
    ["end people's sessions", () => revokeUserSessions(ann, ada.actor.id)],
    ["reset passwords", () => resetUserPassword(ann, ada.actor.id, password)],
  ])("is to %s", async (_what, attempt) => {
    await expect(attempt()).rejects.toMatchObject({ kind: "forbidden" });
  });
});

describe("adding a person", () => {
  it("lets them sign in, and is in the audit log without the password", async () => {
    const context = await member();
    await openSession(context);
    const event = await publisher.db.auditEvent.findFirst({ where: { subjectId: context.actor.id } });
    expect(event).toMatchObject({ action: "user.create", actorName: "Ada", subject: context.actor.email });
    expect(JSON.stringify(event?.detail)).not.toContain(password);
  });

  it("is refused for an address that somebody has, in whatever case", async () => {
    const { actor } = await member();
    const input = { name: "Twin", email: actor.email.toUpperCase(), password, role: "publisher" as const };
    await expect(createUser(ada, input)).rejects.toMatchObject({ kind: "conflict", items: [{ path: "email" }] });
  });

  it("of one address at once succeeds once", async () => {
    const input = { name: "Twin", email: "twin@example.com", password, role: "publisher" as const };
    const results = await Promise.allSettled([createUser(ada, input), createUser(ada, input)]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("there is always an active administrator", () => {
  it("when the last one would step down or be deactivated", async () => {
    await expect(setUserRole(ada, ada.actor.id, "publisher")).rejects.toMatchObject({ kind: "conflict" });
    await expect(setUserActive(ada, ada.actor.id, false)).rejects.toMatchObject({ kind: "conflict" });
  });

  it("when two step down at once", async () => {
    const second = await member("admin");
    const results = await Promise.allSettled([
      setUserRole(second, ada.actor.id, "publisher"),
      setUserRole(ada, second.actor.id, "publisher"),
    ]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await publisher.db.user.count({ where: { role: "admin" } })).toBe(1);
    await publisher.db.user.update({ where: { id: ada.actor.id }, data: { role: "admin" } });
    await publisher.db.user.update({ where: { id: second.actor.id }, data: { role: "publisher" } });
  });

  it("nobody deactivates themselves", async () => {
    const second = await member("admin");
    await expect(setUserActive(second, second.actor.id, false)).rejects.toMatchObject({ kind: "conflict" });
    await setUserRole(ada, second.actor.id, "publisher");
  });
});

describe("a person", () => {
  it("is not changed by two administrators over each other", async () => {
    const person = await member("publisher");
    await setUserRole(ada, person.actor.id, "viewer", "publisher");
    await expect(setUserRole(ada, person.actor.id, "admin", "publisher")).rejects.toMatchObject({
      kind: "conflict",
      message: expect.stringContaining("it is viewer now"),
    });
    await setUserRole(ada, person.actor.id, "admin", "viewer");
    await setUserRole(ada, person.actor.id, "viewer");
  });

  it("who is deactivated has no session and no token left, and can come back", async () => {
    const context = await member("publisher", 2);
    await createAccessToken(context, { name: "script" });
    await setUserActive(ada, context.actor.id, false);
    expect(await listOwnSessions(context, "")).toEqual([]);
    expect(await listAccessTokens(context)).toEqual([]);
    await expect(openSession(context)).rejects.toMatchObject({ kind: "forbidden" });
    expect((await listUsers(ada)).find(({ id }) => id === context.actor.id)).toMatchObject({ active: false });
    await setUserActive(ada, context.actor.id, true);
    await openSession(context);
  });

  it("ends one session, or all but the current one, and nobody else's", async () => {
    const context = await member("publisher", 3);
    const other = await member("publisher", 1);
    const [current, second] = await listOwnSessions(context, "");
    if (!current || !second) throw new Error("There are no sessions.");
    const [foreign] = await listOwnSessions(other, "");
    await revokeOwnSession(context, second.id);
    await expect(revokeOwnSession(context, foreign?.id ?? "")).rejects.toMatchObject({ kind: "not-found" });
    expect(await revokeOtherSessions(context, current.id)).toEqual({ ended: 1 });
    expect(await listOwnSessions(context, current.id)).toMatchObject([{ id: current.id, current: true }]);
    expect(await lastEvent()).toMatchObject({ action: "session.revoke-others", detail: { ended: 1 } });
    expect(await revokeUserSessions(ada, other.actor.id)).toEqual({ ended: 1 });
  });

  it("changes their password with the present one, which ends the other sessions", async () => {
    const context = await member("publisher", 2);
    const [kept] = await listOwnSessions(context, "");
    const change = (currentPassword: string, newPassword: string) =>
      changePassword(context, { currentPassword, newPassword }, kept?.id ?? "", "192.0.2.1");
    const atField = (path: string) => ({ kind: "invalid", items: [{ path }] });
    await expect(change("wrong", "another password")).rejects.toMatchObject(atField("currentPassword"));
    await expect(change(password, "short")).rejects.toMatchObject(atField("newPassword"));
    await expect(change(password, password)).rejects.toMatchObject(atField("newPassword"));
    await change(password, "another password");
    expect(await listOwnSessions(context, "")).toMatchObject([{ id: kept?.id }]);
    await expect(openSession(context)).rejects.toMatchObject({ kind: "unauthenticated" });
    await openSession(context, "another password");
  });

  it("whose password is reset has no session left and signs in with the new one", async () => {
    const context = await member("publisher", 1);
    await resetUserPassword(ada, context.actor.id, "another password");
    expect(await listOwnSessions(context, "")).toEqual([]);
    await openSession(context, "another password");
  });

  it("has tokens that are shown once, named once, and their own to revoke", async () => {
    const context = await member();
    const { token, secret } = await createAccessToken(context, { name: "script" });
    expect(secret).toMatch(/^flp_[\w-]{43}$/);
    expect(secret.startsWith(token.prefix)).toBe(true);
    expect(JSON.stringify(await listAccessTokens(context))).not.toContain(secret);
    await expect(createAccessToken(context, { name: "script" })).rejects.toMatchObject({ kind: "conflict" });
    const past = { name: "old", expiresAt: new Date(0) };
    await expect(createAccessToken(context, past)).rejects.toMatchObject({ items: [{ path: "expiresAt" }] });
    await expect(revokeAccessToken(ann, token.id)).rejects.toMatchObject({ kind: "not-found" });
    await revokeAccessToken(context, token.id);
    expect(await lastEvent()).toMatchObject({ action: "access-token.revoke", subject: "script" });
    expect(await listAccessTokens(context)).toEqual([]);
  });
});
