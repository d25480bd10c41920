import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiKey } from "../api-keys/create-api-key.ts";
import { listApiKeys } from "../api-keys/list-api-keys.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { copyApi } from "./copy-api.ts";
import { createApi } from "./create-api.ts";
import { getApi } from "./get-api.ts";

let publisher: TestPublisher;
let ann: ServerContext;
let admin: ServerContext;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
  admin = await publisher.person("Ada", "admin");
});
afterAll(() => publisher?.close());

const pizza = { context: "/pizza", version: "1", endpointUrl: "http://a.example", publish: true };

describe("creating a new version", () => {
  it("copies everything but version, state, keys and the ids of endpoints, and stays with the provider", async () => {
    const source = await createApi(ann, { ...pizza, name: "Pizza", description: "Round.", tags: ["food"] });
    await createApiKey(ann, source.id, { name: "Consumer", keyType: "production" });
    const copy = await copyApi(admin, source.id, { version: "2" });

    expect(copy).toMatchObject({
      name: "Pizza",
      context: "/pizza",
      version: "2",
      description: "Round.",
      tags: ["food"],
      lifecycleState: "CREATED",
      isDefaultVersion: false,
      owner: { name: "Ann" },
    });
    expect(await listApiKeys(ann, copy.id)).toEqual([]);
    const ids = [source, copy].map(({ endpointConfig }) =>
      endpointConfig?.kind === "single" ? endpointConfig.production?.id : undefined,
    );
    expect(ids[0]).not.toBe(ids[1]);
    expect(copy.endpointConfig).toMatchObject({ kind: "single", production: { url: "http://a.example" } });
  });

  it("takes the default from the other version when asked to", async () => {
    const source = await createApi(ann, { ...pizza, name: "Default", context: "/default", isDefaultVersion: true });
    const copy = await copyApi(ann, source.id, { version: "2", isDefaultVersion: true });
    expect(copy.isDefaultVersion).toBe(true);
    expect((await getApi(ann, source.id)).isDefaultVersion).toBe(false);
  });

  it("refuses a version that exists, or whose path another API has", async () => {
    const source = await createApi(ann, { ...pizza, name: "Taken", context: "/taken" });
    await createApi(ann, { ...pizza, name: "At the path", context: "/{version}/x", version: "taken", publish: false });
    await createApi(ann, { name: "Other", context: "/taken/{version}/y", version: "3" });
    await createApi(ann, { name: "In the way", context: "/taken/9", version: "1", isDefaultVersion: true });
    await expect(copyApi(ann, source.id, { version: "1" })).rejects.toMatchObject({ items: [{ path: "version" }] });
    await expect(copyApi(ann, source.id, { version: "9" })).rejects.toMatchObject({
      kind: "conflict",
      items: [{ path: "version", message: expect.stringContaining("In the way 1") }],
    });
    await expect(copyApi(ann, source.id, { version: "a b" })).rejects.toMatchObject({ kind: "invalid" });
  });
});
