import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAuth } from "../auth/auth.ts";
import { signIn } from "../auth/sign-in.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { acceptInvitation, findInvitation, type InvitationContext } from "./accept-invitation.ts";
import { invite, listInvitations, withdrawInvitation } from "./invitations.ts";

let publisher: TestPublisher;
let ada: ServerContext;
let visitor: InvitationContext;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ada = await publisher.person("Ada", "admin");
  const address = "192.0.2.7";
  visitor = {
    db: publisher.db,
    secret: ada.secret,
    now: ada.now,
    address,
    origin: { address, credential: "invitation" },
  };
});
afterAll(() => publisher?.close());

const password = "chosen by myself";
let counter = 0;
function newcomer() {
  counter += 1;
  return `newcomer-${counter}@example.com`;
}
const later = (days: number) => ({ ...visitor, now: () => new Date(ada.now().getTime() + days * 86_400_000) });
const gone = { kind: "not-found", message: expect.stringContaining("not valid any more") };

describe("an invitation", () => {
  it("makes a person with the role that was meant, who signs in with their own password", async () => {
    const email = newcomer();
    const { secret } = await invite(ada, { email, role: "viewer" });
    expect(await findInvitation(visitor, secret)).toMatchObject({ email, role: "viewer", invitedBy: "Ada" });
    const actor = await acceptInvitation(visitor, { secret, name: "New Person", password });
    expect(actor).toMatchObject({ name: "New Person", email, role: "viewer" });
    const auth = createAuth({ db: publisher.db, secret: ada.secret, origin: "http://127.0.0.1:3000" });
    const headers = new Headers({ "x-forwarded-for": "192.0.2.8" });
    await expect(signIn({ db: publisher.db, auth, now: ada.now, headers }, { email, password })).resolves.toBeDefined();
    const event = await publisher.db.auditEvent.findFirst({ where: { action: "invitation.accept", subject: email } });
    expect(event).toMatchObject({ actorName: "New Person", detail: { role: "viewer", invitedBy: "Ada" } });
    expect(event).toMatchObject({ address: "192.0.2.7", credential: "invitation" });
  });

  it("works once, even for two at the same time", async () => {
    const { secret } = await invite(ada, { email: newcomer(), role: "publisher" });
    const both = await Promise.allSettled(
      ["One", "Two"].map((name) => acceptInvitation(visitor, { secret, name, password })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(acceptInvitation(visitor, { secret, name: "Three", password })).rejects.toMatchObject(gone);
  });

  it.each<[string, (secret: string, id: string) => Promise<unknown>]>([
    ["has expired", async (secret) => findInvitation(later(8), secret)],
    ["was withdrawn", async (secret, id) => withdrawInvitation(ada, id).then(() => findInvitation(visitor, secret))],
    ["was made up", async () => findInvitation(visitor, `fli_${randomBytes(32).toString("base64url")}`)],
    ["is not even one", async () => findInvitation(visitor, "hello")],
    ["is empty", async () => findInvitation(visitor, "")],
  ])("that %s is refused in the same words", async (_why, open) => {
    const { secret, invitation } = await invite(ada, { email: newcomer(), role: "admin" });
    await expect(open(secret, invitation.id)).rejects.toMatchObject(gone);
  });

  it("takes the place of an earlier one to the same address", async () => {
    const email = newcomer();
    const first = await invite(ada, { email, role: "viewer" });
    const second = await invite(ada, { email, role: "publisher" });
    await expect(findInvitation(visitor, first.secret)).rejects.toMatchObject(gone);
    expect(await findInvitation(visitor, second.secret)).toMatchObject({ role: "publisher" });
  });

  it("is kept when name or password will not do", async () => {
    const { secret } = await invite(ada, { email: newcomer(), role: "viewer" });
    await expect(acceptInvitation(visitor, { secret, name: "", password: "short" })).rejects.toMatchObject({
      kind: "invalid",
      items: [{ path: "name" }, { path: "password" }],
    });
    await expect(findInvitation(visitor, secret)).resolves.toBeDefined();
  });

  it("is not made for somebody who has an account, nor for longer than a month", async () => {
    await expect(invite(ada, { email: ada.actor.email, role: "viewer" })).rejects.toMatchObject({
      kind: "conflict",
      items: [{ path: "email" }],
    });
    await expect(invite(ada, { email: newcomer(), role: "viewer", validDays: 31 })).rejects.toMatchObject({
      kind: "invalid",
      items: [{ path: "validDays", message: "An invitation is valid for 1 to 30 days." }],
    });
  });

  it("is stored and listed without what its link holds", async () => {
    const email = newcomer();
    const { secret } = await invite(ada, { email, role: "viewer" });
    const listed = await listInvitations(ada);
    expect(listed[0]).toMatchObject({ email, invitedBy: "Ada" });
    const stored = JSON.stringify([
      listed,
      await publisher.db.invitation.findMany(),
      await publisher.db.auditEvent.findMany({ select: { subject: true, detail: true } }),
    ]);
    expect(stored).not.toContain(secret);
    expect(stored).not.toContain(secret.slice(4));
  });

  it("cannot be guessed for long from one address, and others are not held up", async () => {
    const guesser = { ...visitor, address: "203.0.113.9" };
    for (let guess = 0; guess < 30; guess += 1)
      await expect(findInvitation(guesser, `fli_${guess}`)).rejects.toMatchObject({ kind: "not-found" });
    const { secret } = await invite(ada, { email: newcomer(), role: "viewer" });
    await expect(findInvitation(guesser, secret)).rejects.toMatchObject({ kind: "too-many-requests" });
    await expect(findInvitation(visitor, secret)).resolves.toBeDefined();
  });
});
