import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { deploySampleApi } from "./deploy-sample-api.ts";

let publisher: TestPublisher;

beforeAll(async () => {
  publisher = await openTestPublisher();
});
afterAll(() => publisher?.close());

describe("the sample API", () => {
  it("is published at once, and there once", async () => {
    const ann = await publisher.person("Ann");
    const api = await deploySampleApi(ann, "http://127.0.0.1:3000/sample/pizzashack/v1/api");
    expect(api).toMatchObject({
      name: "PizzaShackAPI",
      context: "/pizzashack",
      version: "1.0.0",
      lifecycleState: "PUBLISHED",
      endpointConfig: { kind: "single" },
    });
    await expect(deploySampleApi(ann, "http://127.0.0.1:3000/")).rejects.toMatchObject({ kind: "conflict" });
  });
});
