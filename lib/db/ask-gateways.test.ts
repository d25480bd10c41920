import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../../scripts/testing/database.ts";
import { gatewayAskSchema } from "../model/gateway-ask.ts";
import { GatewayAsker } from "./ask-gateways.ts";
import { type Database, openDatabase } from "./client.ts";
import { listen } from "./listen.ts";
import { gatewayAskChannel } from "./notify.ts";
import { recordGateway } from "./record-gateway.ts";
import { writeGatewayAnswer } from "./write-gateway-answer.ts";

let database: TestDatabase;
let db: Database;
let asker: GatewayAsker;
let stopping = new AbortController();
let listening: Promise<void>[] = [];

const question = { kind: "endpoints", apiId: "api-1" } as const;
const schema = z.strictObject({ says: z.string() });
const read = (document: unknown) => schema.safeParse(document).data;

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
  asker = new GatewayAsker(db, database.url, () => new Date());
});
afterAll(async () => {
  await asker.close();
  await db.$disconnect();
  await database.drop();
});
afterEach(async () => {
  stopping.abort();
  await Promise.all(listening);
  stopping = new AbortController();
  listening = [];
  await db.gateway.deleteMany();
  await db.gatewayAnswer.deleteMany();
});

/** A gateway that has reported itself; what it answers, or "silent". */
async function connectGateway(id: string, answers: unknown = "silent"): Promise<void> {
  const times = { startedAt: new Date(), appliedAt: new Date() };
  await recordGateway(db, { id, host: id, version: "0", appliedRevision: 1, refusedApis: [], ...times });
  if (answers === "silent") return;
  const { promise: connected, resolve } = Promise.withResolvers<void>();
  const options = { databaseUrl: database.url, applicationName: id, channels: [gatewayAskChannel], random: () => 0.5 };
  listening.push(
    listen({
      ...options,
      onNotification: (_channel, payload) => {
        void writeGatewayAnswer(db, gatewayAskSchema.parse(JSON.parse(payload)).id, id, answers);
      },
      onConnected: resolve,
      onLost: () => undefined,
      signal: stopping.signal,
    }),
  );
  await connected;
}

function answersBefore(): Promise<number> {
  return db.gatewayAnswer.count();
}

describe("asking gateways", () => {
  it("has no answer at once where no gateway is connected", async () => {
    await connectGateway("long gone");
    await db.$executeRaw`UPDATE gateway SET last_seen_at = now() - interval '1 minute'`;
    expect(await asker.ask(question, read, { deadlineMs: 60_000 })).toEqual({ answers: [], silent: [] });
  });

  it("brings every answer, and does not wait longer than for the last", async () => {
    await connectGateway("gateway a", { says: "A" });
    await connectGateway("gateway b", null);
    const { answers, silent } = await asker.ask(question, read, { deadlineMs: 60_000 });
    expect(silent).toEqual([]);
    expect(answers.toSorted((a, b) => a.gatewayId.localeCompare(b.gatewayId))).toEqual([
      { gatewayId: "gateway a", document: { says: "A" } },
      { gatewayId: "gateway b", document: null },
    ]);
    expect(await answersBefore()).toBe(0);
  });

  it("names who said nothing in time, and leaves out what cannot be read", async () => {
    await connectGateway("gateway a", { says: "A" });
    await connectGateway("of another version", { speaks: 7 });
    await connectGateway("silent one");
    const { answers, silent } = await asker.ask(question, read, { deadlineMs: 400 });
    expect(answers).toEqual([{ gatewayId: "gateway a", document: { says: "A" } }]);
    expect(silent.toSorted()).toEqual(["of another version", "silent one"]);
  });

  it("does not wait for a gateway it is told not to wait for", async () => {
    await connectGateway("gateway a", { says: "A" });
    await connectGateway("silent one");
    const doNotAwait = new Set(["silent one"]);
    const { answers, silent } = await asker.ask(question, read, { deadlineMs: 60_000, doNotAwait });
    expect([answers.length, silent]).toEqual([1, ["silent one"]]);
  });

  it("tells many questions at once apart", async () => {
    await connectGateway("gateway a", { says: "A" });
    const asked = Array.from({ length: 30 }, () => asker.ask(question, read, { deadlineMs: 60_000 }));
    for (const { answers } of await Promise.all(asked)) expect(answers).toHaveLength(1);
  });

  it("ends with an error when whoever asked leaves", async () => {
    await connectGateway("silent one");
    const leaving = new AbortController();
    const asked = asker.ask(question, read, { deadlineMs: 60_000, signal: leaving.signal });
    setTimeout(() => leaving.abort(new Error("left")), 50);
    await expect(asked).rejects.toThrow("left");
  });

  it("goes on after its connection broke", async () => {
    await connectGateway("gateway a", { says: "A" });
    await asker.ask(question, read);
    await db.$queryRaw`SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'fairlead-publisher-answers'`;
    await expect
      .poll(async () => (await asker.ask(question, read, { deadlineMs: 3_000 })).answers.length, { timeout: 5_000 })
      .toBe(1);
  });

  it("deletes what nobody fetched", async () => {
    await db.$executeRaw`INSERT INTO gateway_answer (ask_id, gateway_id, document, at)
      VALUES (gen_random_uuid(), 'late', 'null', now() - interval '2 minutes')`;
    const another = new GatewayAsker(db, database.url, () => new Date());
    await another.ask(question, read);
    await another.close();
    expect(await answersBefore()).toBe(0);
  });

  it("says that the database cannot be reached, and ends what waits when it is closed", async () => {
    const away = new GatewayAsker(db, "postgresql://u@127.0.0.1:1/db", () => new Date());
    await expect(away.ask(question, read, { deadlineMs: 200 })).rejects.toThrow("cannot be reached");
    const waiting = expect(away.ask(question, read, { deadlineMs: 60_000 })).rejects.toThrow();
    await away.close();
    await waiting;
    await expect(away.ask(question, read)).rejects.toThrow();
  });
});
