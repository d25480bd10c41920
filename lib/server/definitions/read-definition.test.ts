import { once } from "node:events";
import { createServer } from "node:http";
import { describe, expect, it, vi } from "vitest";
import { definitionIn, readDefinition } from "./read-definition.ts";

/** A document with a path, two operations and a recursive schema for each number. */
function documentOf(count: number): object {
  const numbers = Array.from({ length: count }, (_, number) => number);
  const operation = (number: number) => ({
    ...{ summary: `Things of kind ${number}`, tags: ["things"] },
    parameters: [{ name: "limit", in: "query", schema: { type: "integer" } }],
    responses: {
      200: {
        description: "Fine",
        content: { "application/json": { schema: { $ref: `#/components/schemas/M${number}` } } },
      },
      404: { description: "Gone" },
    },
  });
  const schema = (number: number) => ({
    ...{ type: "object", description: `Model ${number}`, required: ["id"] },
    properties: {
      id: { type: "string", format: "uuid" },
      self: { $ref: `#/components/schemas/M${number}` },
      next: { $ref: `#/components/schemas/M${(number + 1) % count}` },
      values: { type: "array", items: { type: "integer", minimum: 0 } },
    },
  });
  const path = (number: number) => [`/t${number}/{id}`, { get: operation(number), put: operation(number) }];
  return {
    ...{ openapi: "3.0.3", info: { title: "Large", version: "1" } },
    paths: Object.fromEntries(numbers.map(path)),
    components: { schemas: Object.fromEntries(numbers.map((number) => [`M${number}`, schema(number)])) },
  };
}

describe("a document in a thread of its own", () => {
  it("of 2 MB is read while other requests are answered", async () => {
    const json = JSON.stringify(documentOf(1_700), null, 2);
    const text = await definitionIn({ text: json, syntax: "json" }, "yaml");
    const server = createServer((_, response) => response.end("here")).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
    let done = false;
    const started = performance.now();
    const reading = readDefinition(text).finally(() => {
      done = true;
    });
    const waits: number[] = [];
    while (!done) {
      const asked = performance.now();
      await (await fetch(url)).text();
      waits.push(performance.now() - asked);
    }
    const report = await reading;
    const tookMs = Math.round(performance.now() - started);
    server.close();
    expect(report).toMatchObject({ ok: true, summary: { operations: { length: 3_400 } } });
    expect(waits.length).toBeGreaterThan(20);
    const megabytes = (Buffer.byteLength(text) / 1e6).toFixed(1);
    const longest = Math.max(...waits).toFixed(0);
    console.log(
      `${megabytes} MB of YAML read in ${tookMs} ms; ${waits.length} requests meanwhile, the slowest took ${longest} ms`,
    );
  });

  it("is the same in either syntax", async () => {
    const text = JSON.stringify(documentOf(2));
    const yaml = await definitionIn({ text, syntax: "json" }, "yaml");
    expect(yaml).toMatch(/^openapi: 3\.0\.3\n/);
    expect(JSON.parse(await definitionIn({ text: yaml, syntax: "yaml" }, "json"))).toEqual(JSON.parse(text));
    expect(await definitionIn({ text, syntax: "json" }, "json")).toBe(text);
  });

  it("is given up at its deadline", async () => {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    vi.spyOn(AbortSignal, "timeout").mockImplementation(() => timeout(10));
    const reading = readDefinition(JSON.stringify(documentOf(100)));
    await expect(reading).rejects.toMatchObject({
      kind: "invalid",
      message: expect.stringMatching(/takes longer than/),
    });
    vi.restoreAllMocks();
  });

  it("waits its turn, and is refused where too many wait", async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 25 }, () => readDefinition("a: 1")));
    const refused = outcomes.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(3);
    expect(refused).toMatchObject(refused.map(() => ({ reason: { kind: "too-many-requests" } })));
  });
});
