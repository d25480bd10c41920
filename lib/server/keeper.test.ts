import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openDatabase } from "../db/client.ts";
import { createApi } from "./apis/create-api.ts";
import { getApi } from "./apis/get-api.ts";
import type { ServerContext } from "./context.ts";
import { Keeper } from "./keeper.ts";
import { log } from "./log.ts";
import { scheduleChange } from "./schedule/schedule-change.ts";
import { openTestPublisher, type TestPublisher } from "./testing/publisher.ts";

let publisher: TestPublisher;
let ann: ServerContext;
const pace = { roundMs: 10, afterFailureMs: 10 };

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
});
afterAll(() => publisher?.close());

describe("the keeper of what is due", () => {
  it("does it without anybody asking, several of them once", async () => {
    const api = await createApi(ann, { name: "Kept", context: "/kept", version: "1" });
    const publishAt = new Date(Date.now() + 300).toISOString();
    await scheduleChange(ann, api.id, { description: "In time." }, { publishAt });
    const keepers = [new Keeper(ann, pace), new Keeper(ann, pace), new Keeper(ann, pace)];
    await vi.waitFor(async () => expect((await getApi(ann, api.id)).description).toBe("In time."), 5_000);
    for (const keeper of keepers) keeper.close();
    expect(await publisher.db.apiRevision.count({ where: { apiId: api.id } })).toBe(2);
  });

  it("goes on trying while the database is away, and stops when it is closed", async () => {
    const warned = vi.spyOn(log, "warn").mockReturnValue(undefined);
    const db = openDatabase("postgresql://nobody@127.0.0.1:1/nothing");
    const keeper = new Keeper({ ...ann, db }, pace);
    await vi.waitFor(() => expect(warned.mock.calls.length).toBeGreaterThan(2), 5_000);
    keeper.close();
    await db.$disconnect();
  });
});
