import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../scripts/testing/database.ts";
import { type Database, openDatabase } from "../../db/client.ts";
import { createFirstAdministrator } from "../users/first-administrator.ts";
import { attemptWindowMs } from "./attempt-limit.ts";
import { type Auth, createAuth } from "./auth.ts";
import { findSession } from "./session.ts";
import { signIn } from "./sign-in.ts";

const secret = "a-secret-that-only-tests-know-0123456789";
const admin = { name: "Ada", email: "ada@example.com", password: "correct horse" };
let storage: TestDatabase;
let db: Database;
let auth: Auth;
let time: Date;
const now = () => time;

beforeAll(async () => {
  storage = await createTestDatabase();
  db = openDatabase(storage.url);
  auth = createAuth({ db, secret, origin: "http://127.0.0.1:3000" });
});
afterAll(async () => {
  await db.$disconnect();
  await storage.drop();
});
beforeEach(async () => {
  time = new Date();
  await db.rateLimit.deleteMany();
  await db.user.deleteMany();
});

const from = (address: string) => new Headers({ "x-forwarded-for": address, "user-agent": "a browser" });
const context = (address = "192.0.2.1") => ({ db, auth, now, headers: from(address) });
const cookieOf = (headers: Headers) => new Headers({ cookie: headers.get("set-cookie")?.split(";")[0] ?? "" });

describe("the first administrator", () => {
  it("is exactly one, however many come at once", async () => {
    const results = await Promise.allSettled(
      ["a", "b", "c", "d"].map((name) =>
        createFirstAdministrator({ db, secret, now }, { ...admin, name, email: `${name}@example.com` }),
      ),
    );
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(await db.user.count()).toBe(1);
    expect(await db.user.findFirstOrThrow()).toMatchObject({ role: "admin", banned: false });
  });

  it("is not created twice", async () => {
    await createFirstAdministrator({ db, secret, now }, admin);
    await expect(
      createFirstAdministrator({ db, secret, now }, { ...admin, email: "eve@example.com" }),
    ).rejects.toMatchObject({ kind: "conflict" });
  });

  it.each([
    [{ ...admin, email: "nobody" }, "email"],
    [{ ...admin, password: "short" }, "password"],
    [{ ...admin, password: "x".repeat(129) }, "password"],
    [{ ...admin, name: " " }, "name"],
  ])("is told what is wrong, at the field: %j", async (input, path) => {
    await expect(createFirstAdministrator({ db, secret, now }, input)).rejects.toMatchObject({
      kind: "invalid",
      items: [{ path }],
    });
  });
});

describe("signing in", () => {
  beforeEach(async () => {
    await createFirstAdministrator({ db, secret, now }, admin);
  });

  it("opens a session that its cookie names, with the address and browser it was opened from", async () => {
    const headers = await signIn(context(), { email: " ADA@example.com", password: admin.password });
    expect(headers.get("set-cookie")).toMatch(/HttpOnly/i);
    const session = await findSession(auth, db, cookieOf(headers));
    expect(session?.actor).toMatchObject({ name: "Ada", email: admin.email, role: "admin" });
    expect(await db.session.findFirstOrThrow()).toMatchObject({ ipAddress: "192.0.2.1", userAgent: "a browser" });
  });

  it("ends at once when the session is deleted", async () => {
    const headers = await signIn(context(), own());
    await db.session.deleteMany();
    expect(await findSession(auth, db, cookieOf(headers))).toBeUndefined();
  });

  it("answers a tampered cookie as if there were none", async () => {
    const headers = await signIn(context(), own());
    const cookie = cookieOf(headers).get("cookie") ?? "";
    const tampered = cookie.replace(/=(.)/, (_, first) => `=${first === "a" ? "b" : "a"}`);
    expect(await findSession(auth, db, new Headers({ cookie: tampered }))).toBeUndefined();
  });

  it("says the same about a wrong password and an unknown address", async () => {
    const wrong = signIn(context(), { email: admin.email, password: "wrong" });
    await expect(wrong).rejects.toMatchObject({ kind: "unauthenticated" });
    const message = await wrong.catch((error: Error) => error.message);
    await expect(signIn(context(), { email: "eve@example.com", password: "wrong" })).rejects.toThrow(message);
    await expect(signIn(context(), { email: admin.email, password: "x".repeat(500) })).rejects.toThrow(message);
  });

  it("tells a deactivated account so only with the right password", async () => {
    await db.user.updateMany({ data: { banned: true } });
    await expect(signIn(context(), own())).rejects.toMatchObject({ kind: "forbidden" });
    await expect(signIn(context(), { email: admin.email, password: "wrong" })).rejects.toMatchObject({
      kind: "unauthenticated",
    });
  });

  it("is limited for an account after ten failures from wherever, and says how long to wait", async () => {
    const attempts = await Promise.allSettled(
      Array.from({ length: 14 }, (_, index) =>
        signIn(context(`192.0.2.${index}`), { email: admin.email, password: "wrong" }),
      ),
    );
    const kinds = attempts.map((attempt) => (attempt.status === "rejected" ? attempt.reason.kind : "fulfilled"));
    expect(kinds.filter((kind) => kind === "too-many-requests")).toHaveLength(4);
    await expect(signIn(context(), own())).rejects.toMatchObject({
      kind: "too-many-requests",
      retryAfterSeconds: attemptWindowMs / 1000,
    });
    time = new Date(time.getTime() + attemptWindowMs);
    await expect(signIn(context(), own())).resolves.toBeInstanceOf(Headers);
  });

  it("forgets failures after a success", async () => {
    for (let round = 0; round < 2; round += 1) {
      for (let failure = 0; failure < 6; failure += 1) {
        await expect(signIn(context(), { email: admin.email, password: "wrong" })).rejects.toMatchObject({
          kind: "unauthenticated",
        });
      }
      await signIn(context(), own());
    }
  });

  const own = () => ({ email: admin.email, password: admin.password });
});
