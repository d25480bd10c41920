import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectTo } from "../../../scripts/database-connection.ts";
import { auditCursor } from "../../model/audit.ts";
import { exportAuditEvents } from "../admin/export-audit-events.ts";
import { listAuditEvents } from "../admin/list-audit-events.ts";
import { listAuditNames } from "../admin/list-audit-names.ts";
import { createApiKey } from "../api-keys/create-api-key.ts";
import { createApi } from "../apis/create-api.ts";
import { updateApi } from "../apis/update-api.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { createAccessToken } from "../users/access-tokens.ts";
import { createUser } from "../users/create-user.ts";
import { recordAudit } from "./record-audit.ts";

let publisher: TestPublisher;
let admin: ServerContext;
let ann: ServerContext;

beforeAll(async () => {
  publisher = await openTestPublisher();
  admin = await publisher.person("Ada", "admin");
  const origin = { address: "192.0.2.7", credential: "token CI", userAgent: "curl/8" };
  ann = { ...(await publisher.person("Ann")), origin };
});
afterAll(() => publisher?.close());

const record = (context: ServerContext, action: string, subject: string, detail?: object) =>
  publisher.db.$transaction((tx) =>
    recordAudit(tx, context, { action, subject, subjectId: subject.toLowerCase(), ...(detail && { detail }) }),
  );

describe("the audit log, through the application's own connection", () => {
  const changes = [
    "UPDATE audit_event SET actor_name = 'somebody else'",
    "DELETE FROM audit_event",
    "DELETE FROM audit_event WHERE false",
    "TRUNCATE audit_event",
    "TRUNCATE audit_event CASCADE",
    "INSERT INTO audit_event (id, actor_name, action, subject_id, subject) SELECT id, 'x', 'x', 'x', 'x' FROM audit_event ON CONFLICT (id) DO UPDATE SET actor_name = 'x'",
    "DROP TABLE audit_event",
    "ALTER TABLE audit_event DISABLE TRIGGER ALL",
    "ALTER TABLE audit_event RENAME TO forgotten",
    "DROP FUNCTION refuse_audit_change() CASCADE",
    "GRANT ALL ON audit_event TO CURRENT_USER",
    "SET session_replication_role = replica",
    "SET ROLE fairlead",
    "CREATE TABLE elsewhere (id int)",
    "DELETE FROM _prisma_migrations",
  ];

  it.each(changes)("refuses: %s", async (statement) => {
    await record(ann, "test.refusal", "Kept");
    const before = await publisher.db.auditEvent.findMany({ orderBy: { id: "asc" } });
    const client = await connectTo(publisher.url);
    const refused = await client.query(statement).then(
      () => undefined,
      (error: unknown) => error,
    );
    await client.end();
    // GRANT without the right to grant is a warning and grants nothing.
    if (!statement.startsWith("GRANT")) expect(refused).toMatchObject({ code: "42501" });
    expect(await publisher.db.auditEvent.findMany({ orderBy: { id: "asc" } })).toEqual(before);
  });

  it.each(["UPDATE audit_event SET actor_name = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"])(
    "refuses even its owner, a superuser: %s",
    async (statement) => {
      const client = await connectTo(publisher.ownerUrl);
      await expect(client.query(statement)).rejects.toThrow("append-only");
      await client.end();
    },
  );
});

describe("an audit event", () => {
  it("says from where, and on whose behalf an administrator acted", async () => {
    const { actor, origin } = ann;
    if (!origin) throw new Error("Ann acts from somewhere.");
    const acting = { ...ann, actor, origin: { ...origin, actingAdmin: { id: admin.actor.id, name: "Ada" } } };
    await record(acting, "test.behalf", "Something");
    const [event] = await listAuditEvents(admin, { action: "test.behalf" });
    expect(event).toMatchObject({
      ...{ actorName: "Ada", onBehalfOf: "Ann" },
      ...{ address: "192.0.2.7", credential: "token CI", userAgent: "curl/8" },
    });
  });

  it("never contains a secret", async () => {
    const password = "hunter2-hunter2";
    const endpointConfig = {
      kind: "single" as const,
      protocol: "rest" as const,
      production: { id: "a", url: "http://a.example" },
      extra: { endpoint_security: { production: { password } } },
    };
    const api = await createApi(ann, { name: "Secretive", context: "/secretive", version: "1" });
    await updateApi(ann, api.id, { endpointConfig });
    const key = await createApiKey(ann, api.id, { name: "k", keyType: "production" });
    const { secret } = await createAccessToken(ann, { name: "t" });
    await createUser(admin, { name: "New", email: "new@example.com", password, role: "publisher" });
    const everything = JSON.stringify(await listAuditEvents(admin, { limit: 500 }));
    expect(everything).toContain("user.create");
    for (const told of [password, key.secret, secret, "sealed:"]) expect(everything).not.toContain(told);
  });
});

describe("reading the audit log", () => {
  beforeAll(async () => {
    for (const [action, subject] of [
      ["pizza.bake", "Margherita 1"],
      ["pizza.bake", "Margherita 2"],
      ["pizza.eat", "margherita 1"],
      ["pizza-oven.heat", "100% wood_fire"],
      ["pizza.bake", '=HYPERLINK("http://evil.test")'],
    ] as const) {
      await record(ann, action, subject, { changes: [{ subject: "Topping", before: "none", after: 'a, "b"' }] });
    }
  });

  it.each([
    [{ action: "pizza" }, 4],
    [{ action: "pizza.bake" }, 3],
    [{ action: "pizza-oven" }, 1],
    [{ action: "pizza", subject: "marg" }, 3],
    [{ action: "pizza.bake", subject: "MARGHERITA 1" }, 1],
    [{ subject: "100%" }, 1],
    [{ subject: "1%" }, 0],
    [{ subject: "100% wood-" }, 0],
    [{ subjectId: "margherita 1", action: "pizza" }, 2],
    [{ action: "pizza", actor: "Ann" }, 4],
    [{ action: "pizza", actor: "Ada" }, 0],
    [{ action: "pizza", from: "2020-01-01" }, 4],
    [{ action: "pizza", from: "2999-01-01T00:00:00Z" }, 0],
    [{ action: "pizza", to: "2020-01-01" }, 0],
  ])("with %j finds %i", async (filter, count) => {
    expect(await listAuditEvents(admin, filter)).toHaveLength(count);
  });

  it.each([{ action: "*" }, { from: "yesterday" }, { before: "1" }, { limit: 501 }, { actor: "" }])(
    "refuses %j with a reason",
    async (filter) => {
      await expect(listAuditEvents(admin, filter)).rejects.toMatchObject({ kind: "invalid" });
    },
  );

  it("is for administrators", async () => {
    await expect(listAuditEvents(ann)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(listAuditNames(ann)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(exportAuditEvents(ann, "csv", {})).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("goes on where a page ended, also between events of one instant", async () => {
    const at = new Date("2026-01-01T00:00:00.000Z");
    const frozen = { ...ann, now: () => at };
    for (const subject of ["One", "Two", "Three"]) await record(frozen, "instant.test", subject);
    const [first] = await listAuditEvents(admin, { action: "instant", limit: 1 });
    const rest = await listAuditEvents(admin, { action: "instant", before: first && auditCursor(first) });
    expect([first, ...rest].map((event) => event?.subject)).toEqual(["Three", "Two", "One"]);
  });

  it("offers the names that occur", async () => {
    const { actors, actions } = await listAuditNames(admin);
    expect(actors).toEqual(["Ada", "Ann"]);
    expect(actions).toEqual(expect.arrayContaining(["pizza-oven.heat", "pizza.bake", "pizza.eat"]));
    expect(actions).toEqual([...new Set(actions)]);
  });

  it("writes CSV that spreadsheets do not run, and says that it was exported", async () => {
    const text = await textOf(await exportAuditEvents(admin, "csv", { action: "pizza" }));
    const lines = text.trimEnd().split("\r\n");
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^id,at,actor,on behalf of,action,subject,/);
    expect(lines[1]).toContain(',"\'=HYPERLINK(""http://evil.test"")",');
    expect(lines[1]).toContain('"Topping: none → a, ""b"""');
    expect((await listAuditEvents(admin, { limit: 1 }))[0]).toMatchObject({ action: "audit.export", actorName: "Ada" });
  });

  it("writes every event as a line of JSON, more than are read at once", async () => {
    const data = Array.from({ length: 2_100 }, (_, number) => ({
      ...{ actorName: "Many", action: "many.test", subjectId: "m", subject: `Many ${number}` },
    }));
    await publisher.db.auditEvent.createMany({ data });
    const lines = (await textOf(await exportAuditEvents(admin, "jsonl", { action: "many" }))).trimEnd().split("\n");
    expect(new Set(lines.map((line) => JSON.parse(line).subject)).size).toBe(2_100);
  });
});

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream).text();
}
