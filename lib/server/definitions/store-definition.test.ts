import { afterAll, beforeAll, expect, it } from "vitest";
import { copyApi } from "../apis/copy-api.ts";
import { createApi } from "../apis/create-api.ts";
import { restoreApiRevision } from "../apis/restore-api-revision.ts";
import { updateApi } from "../apis/update-api.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { loadDefinition } from "./store-definition.ts";

let publisher: TestPublisher;
let ann: ServerContext;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
});
afterAll(() => publisher?.close());

const yaml = (text: string) => ({ text, syntax: "yaml" as const });
const orders = { name: "Orders", context: "/orders", version: "1" };

it("keeps a text once, however many revisions and versions have it", async () => {
  const first = await createApi(ann, { ...orders, definition: yaml("openapi: 3.0.0\n") });
  await updateApi(ann, first.id, { description: "Something else." });
  const copy = await copyApi(ann, first.id, { version: "2" });
  expect(copy.definition).toEqual(first.definition);
  await updateApi(ann, first.id, { definition: yaml("openapi: 3.1.0\n") });
  await updateApi(ann, first.id, { definition: null });
  const back = await restoreApiRevision(ann, first.id, first.revision);
  expect(back.definition).toEqual(first.definition);
  expect(await publisher.db.apiDefinition.count()).toBe(2);
  if (!back.definition) throw new Error("It has one.");
  expect(await loadDefinition(publisher.db, back.definition)).toEqual(yaml("openapi: 3.0.0\n"));
});

it("keeps no text of a save that is refused", async () => {
  const taken = { ...orders, definition: yaml("swagger: '2.0'\n") };
  await expect(createApi(ann, taken)).rejects.toThrow("exists already");
  expect(await publisher.db.apiDefinition.count()).toBe(2);
});
