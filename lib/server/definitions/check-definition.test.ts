import { describe, expect, it } from "vitest";
import { problemInLine } from "../../model/definition-report.ts";
import { checkDefinition } from "./check-definition.ts";

const openApi3 = `openapi: 3.0.3
info:
  title: Orders
  version: 1.2.0
  description: Buys things.
servers:
  - url: https://{region}.example.com/v1/
    variables:
      region: { default: eu }
  - url: /relative
paths:
  /orders:
    get:
      summary: All orders
      responses: { "200": { description: Fine } }
    post:
      description: |
        Orders something.
        In two lines.
      x-auth-type: None
      responses: { "201": { description: Made } }
  /orders/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
    delete:
      responses: { "204": { description: Gone } }
`;

const asJson = (value: unknown) => JSON.stringify(value, null, 2);
const document = (more: object = {}) => ({
  openapi: "3.0.3",
  info: { title: "Orders", version: "1" },
  paths: { "/orders": { get: { responses: { "200": { description: "Fine" } } } } },
  ...more,
});

async function summaryOf(text: string, fetchedFrom?: string) {
  const report = await checkDefinition(text, fetchedFrom);
  if (!report.ok) throw new Error(report.problems.map(problemInLine).join("\n"));
  return report.summary;
}

async function problemsOf(text: string): Promise<string[]> {
  const report = await checkDefinition(text);
  return report.ok ? [] : report.problems.map(problemInLine);
}

describe("reading an OpenAPI document", () => {
  it("tells what it is, its servers and its operations", async () => {
    expect(await summaryOf(openApi3)).toEqual({
      syntax: "yaml",
      specification: "3.0.3",
      title: "Orders",
      version: "1.2.0",
      description: "Buys things.",
      servers: ["https://eu.example.com/v1"],
      operations: [
        { method: "GET", path: "/orders", summary: "All orders", secured: true },
        { method: "POST", path: "/orders", summary: "Orders something.", secured: false },
        { method: "DELETE", path: "/orders/{id}", summary: "", secured: true },
      ],
    });
  });

  it("takes servers that are relative from where it was fetched", async () => {
    const { servers } = await summaryOf(openApi3, "https://docs.example.com/api/openapi.yaml");
    expect(servers).toEqual(["https://eu.example.com/v1", "https://docs.example.com/relative"]);
  });

  it.each([
    ["OpenAPI 3.1", document({ openapi: "3.1.0" }), []],
    ["OpenAPI 3.1 with path items apart", pathItemsApart, []],
    [
      "Swagger 2.0",
      swagger({ host: "a.example", basePath: "/v1", schemes: ["https", "http"] }),
      ["https://a.example/v1", "http://a.example/v1"],
    ],
    ["Swagger 2.0 that is nowhere", swagger({ basePath: "/v1" }), []],
  ])("reads %s", async (_, value, servers) => {
    const read = await summaryOf(asJson(value));
    expect(read.syntax).toBe("json");
    expect(read.servers).toEqual(servers);
    expect(read.operations).toEqual([{ method: "GET", path: "/orders", summary: "", secured: true }]);
  });

  it.each([
    [
      "a schema that uses itself",
      { Node: { type: "object", properties: { next: { $ref: "#/components/schemas/Node" } } } },
    ],
    [
      "schemas that use each other",
      {
        A: { properties: { b: { $ref: "#/components/schemas/B" } } },
        B: { properties: { a: { $ref: "#/components/schemas/A" } } },
      },
    ],
    ["a property that is called $ref", { A: { properties: { $ref: { type: "string" } } } }],
    ["a $ref in an example", { A: { type: "object", example: { $ref: "https://elsewhere.example/x.json" } } }],
  ])("allows %s", async (_, schemas) => {
    expect(await problemsOf(asJson(document({ components: { schemas } })))).toEqual([]);
  });

  it("follows aliases and merge keys of YAML", async () => {
    const text = openApi3.replace("get:", "get: &get").concat("    put:\n      <<: *get\n      summary: Replace it\n");
    expect((await summaryOf(text)).operations.at(-1)).toMatchObject({ method: "PUT", summary: "Replace it" });
  });
});

const pathItemsApart = {
  ...document({ openapi: "3.1.0", paths: { "/orders": { $ref: "#/components/pathItems/orders" } } }),
  components: { pathItems: { orders: { get: { responses: { "200": { description: "Fine" } } } } } },
};

function swagger(more: object) {
  const { info, paths } = document();
  return { swagger: "2.0", info, paths, ...more };
}

describe("a document is refused at line and column", () => {
  it.each([
    ["without a text", "  \n", ["Line 1, column 1: The document is empty."]],
    ["that is no map", "- a\n- b\n", [/^Line 1, column 1: This is no OpenAPI document: openapi: 3\.0\.x/]],
    ["with broken YAML", "openapi: 3.0.0\ninfo: [a\npaths: {}\n", [/^Line 3, column 1: This is not YAML: /]],
    ["with tabs", "info:\n\ttitle: x\n", [/^Line 2, column 1: This is not YAML: tab characters/]],
    ["with broken JSON", '{\n  "openapi": "3.0.0",\n  "info": {,}\n}', [/^Line 3, column 12: This is not JSON: /]],
    ["with JSON that ends early", '{\n  "openapi": "3.0.0"', [/^Line 2, column \d+: This is not JSON: /]],
    ["with YAML where JSON is meant", "{openapi: 3.0.0}", [/^Line 1, column 2: This is not JSON: /]],
    [
      "with a key twice",
      "openapi: 3.0.0\ninfo: {}\nopenapi: 3.0.1\n",
      ["Line 3, column 1: This key stands here twice. Keep one of them."],
    ],
    [
      "with a key twice in JSON",
      '{"openapi": "3.0.0",\n "openapi": "3.0.1"}',
      [/^Line 2, column \d: This key stands here twice/],
    ],
    ["with a second document", `${openApi3}---\na: 1\n`, [/^Line 28, column 1: The file holds several documents/]],
    ["without a version", "info: {}\npaths: {}\n", [/^Line 1, column 1: This is no OpenAPI document/]],
    [
      "of a later version",
      "openapi: 3.2.0\n",
      ["Line 1, column 1: openapi 3.2.0 is not read here: OpenAPI 3.0, OpenAPI 3.1 and Swagger 2.0 are."],
    ],
    ["of Swagger 1.2", 'swagger: "1.2"\n', [/^Line 1, column 1: swagger 1\.2 is not read here/]],
    [
      "with a version that is a number",
      "swagger: 2.0\n",
      ['Line 1, column 1: swagger is a text: write it in quotes, "2.0".'],
    ],
    ["without info and paths", "openapi: 3.0.0\n", [/info is missing/, /paths is missing/]],
    ["without a title", asJson(document({ info: { version: "1" } })), ["Line 3, column 3: title is missing in info."]],
    [
      "with an unknown method",
      openApi3.replace("delete:", "remove:"),
      [/^Line 25, column 5: remove is no field that can stand in \/orders\/\{id\} of paths\./],
    ],
    [
      "with a type that is none",
      openApi3.replace("type: string", "type: text"),
      [/^Line 24, column \d+: type of schema is one of array, boolean/],
    ],
    [
      "with a place that is none",
      openApi3.replace("in: path", "in: nowhere"),
      [/^Line 24, column \d+: in of item 1 of parameters is one of path, query, header, cookie\./],
    ],
    [
      "with an optional parameter in a path",
      openApi3.replace("required: true, ", ""),
      [/^Line 24, column 9: required is missing in item 1 of parameters\./],
    ],
    [
      "with a path without a slash",
      openApi3.replace("  /orders:", "  orders:"),
      [/^Line 12, column 3: orders is no path: a path begins with a slash\./],
    ],
  ])("%s", async (_, text, expected) => {
    const problems = await problemsOf(text);
    expect(problems).toEqual(expected.map((each) => (typeof each === "string" ? each : expect.stringMatching(each))));
  });

  it.each([
    [
      "paths that differ only in the names of parameters",
      openApi3.replace(
        "  /orders/{id}:",
        "  /orders/{number}:\n    get: { responses: { '200': { description: x } } }\n  /orders/{id}:",
      ),
      [/^Line 24, column 3: \/orders\/\{id\} is the same path as \/orders\/\{number\}: only names differ\./],
    ],
    [
      "an operationId that is another's",
      openApi3
        .replace("summary: All", "operationId: x\n      summary: All")
        .replace("x-auth-type", "operationId: x\n      x-auth-type"),
      [/^Line 21, column 7: The operationId x is that of GET \/orders already\./],
    ],
  ])("with %s", async (_, text, expected) => {
    expect(await problemsOf(text)).toEqual(expected.map((each) => expect.stringMatching(each)));
  });

  it.each([
    ["a remote reference", "https://elsewhere.example/a.yaml#/X", /lies outside of this document/],
    ["a file beside it", "./schemas.yaml#/X", /lies outside of this document/],
    ["nothing", "#/components/schemas/None", /refers to nothing in this document/],
    ["itself", "#/components/schemas/A", /leads nowhere/],
    ["a reference to itself", "#/components/schemas/B", /leads nowhere/],
    ["a pointer that is none", "#/components/%zz", /refers to nothing/],
  ])("with a reference to %s", async (_, $ref, expected) => {
    const schemas = { A: { $ref }, B: { $ref: "#/components/schemas/B" } };
    const text = asJson(document({ components: { schemas } }));
    const problems = await problemsOf(text);
    expect(problems[0]).toMatch(expected);
    expect(problems[0]).toMatch(/^Line 21, column 9: /);
  });

  it("with a billion laughs, in no time", async () => {
    const lines = Array.from({ length: 30 }, (_, index) =>
      index === 0 ? "l0: &l0 [ha, ha]" : `l${index}: &l${index} [*l${index - 1}, *l${index - 1}, *l${index - 1}]`,
    );
    const problems = await problemsOf(`${openApi3}x-laughs:\n${lines.map((line) => `  ${line}\n`).join("")}`);
    expect(problems).toEqual([
      expect.stringMatching(/With its aliases followed this document has more than 2,000,000/),
    ]);
  });

  it("with more operations than an API has", async () => {
    const path = (_: unknown, index: number) => [`/p${index}`, { get: { responses: { broken: {} } } }];
    const paths = Object.fromEntries(Array.from({ length: 50_000 }, path));
    expect(await problemsOf(asJson(document({ paths })))).toEqual([
      "Line 7, column 3: An API has at most 5,000 operations; these are 50000.",
    ]);
  });

  it("with a chain of references that is long", async () => {
    const link = (_: unknown, index: number) => [`S${index}`, { $ref: `#/components/schemas/S${index + 1}` }];
    const schemas = Object.fromEntries(Array.from({ length: 20_000 }, link));
    const problems = await problemsOf(asJson(document({ components: { schemas } })));
    expect(problems[0]).toMatch(/S1 leads nowhere/);
    const end = { ...schemas, S20000: { type: "string" } };
    expect(await problemsOf(asJson(document({ components: { schemas: end } })))).toEqual([]);
  });

  it("at its first mistake where it is long and has many", async () => {
    const model = (_: unknown, index: number) => [`S${index}`, { type: "text", description: "x".repeat(100) }];
    const schemas = Object.fromEntries(Array.from({ length: 20_000 }, model));
    expect(await problemsOf(asJson(document({ components: { schemas } })))).toEqual([
      expect.stringMatching(/^Line 21, column 9: type of S0 is one of array, boolean/),
    ]);
  });

  it("with an alias inside of what it means", async () => {
    expect(await problemsOf(`${openApi3}x-round: &round\n  again: *round\n`)).toEqual([
      "Line 28, column 3: An alias stands inside of what it means, so this never ends.",
    ]);
  });

  it("with more nesting than anybody writes", async () => {
    expect(await problemsOf(`${"[".repeat(100_000)}`)).toHaveLength(1);
    expect(await problemsOf(`{"openapi": ${"[".repeat(5_000)}${"]".repeat(5_000)}}`)).toHaveLength(1);
  });
});
