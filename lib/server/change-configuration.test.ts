import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configChangedChannel } from "../db/notify.ts";
import { changeConfiguration } from "./change-configuration.ts";
import type { ServerContext } from "./context.ts";
import { openTestPublisher, type TestPublisher } from "./testing/publisher.ts";

let publisher: TestPublisher;
let ann: ServerContext;
let listener: pg.Client;
const heard: string[] = [];

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
  listener = new pg.Client({ connectionString: publisher.url });
  await listener.connect();
  listener.on("notification", ({ payload }) => heard.push(payload ?? ""));
  await listener.query(`LISTEN ${configChangedChannel}`);
});
afterAll(async () => {
  await listener?.end();
  await publisher?.close();
});

describe("a change of the configuration", () => {
  it("is heard of once it has committed, with its revision", async () => {
    const revision = await changeConfiguration(ann, async (_tx, next) => next);
    await expect.poll(() => heard).toEqual([String(revision)]);
  });

  it("leaves no trace when it fails: no revision, no notification", async () => {
    const before = await publisher.db.configRevision.findUniqueOrThrow({ where: { id: 1 } });
    const failing = changeConfiguration(ann, async () => {
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await publisher.db.configRevision.findUniqueOrThrow({ where: { id: 1 } })).toEqual(before);
    const next = await changeConfiguration(ann, async (_tx, revision) => revision);
    expect(next).toBe(before.revision + 1);
    await expect.poll(() => heard.at(-1)).toBe(String(next));
    expect(heard).toHaveLength(2);
  });

  it("commits in the order of its numbers, whatever it waits for", async () => {
    const finished: number[] = [];
    const changes = Array.from({ length: 12 }, (_, index) =>
      changeConfiguration(ann, async (tx, revision) => {
        await tx.$executeRaw`SELECT pg_sleep(${index % 3 === 0 ? 0.02 : 0})`;
        finished.push(revision);
      }),
    );
    await Promise.all(changes);
    expect(finished).toEqual(finished.toSorted((a, b) => a - b));
    await expect.poll(() => heard.slice(-12).map(Number)).toEqual(finished);
  });
});
