import { describe, expect, it } from "vitest";
import { readProject } from "./read-project.ts";

const bytes = (text: string) => new Uint8Array(Buffer.from(text));
const read = (files: Record<string, string>) =>
  readProject(new Map(Object.entries(files).map(([path, text]) => [path, bytes(text)])));

const api = "type: api\nversion: v4.1.0\ndata:\n  name: Pizza\n  version: 1.0\n";

describe("a project", () => {
  it.each([
    ["at the root", { "api.yaml": api }, "4.x", "api.yaml"],
    ["in a folder", { "Pizza-1.0/api.yaml": api }, "4.x", "api.yaml"],
    ["in JSON", { "Pizza-1.0/api.json": '{"type":"api","data":{"name":"Pizza","version":"1.0"}}' }, "4.x", "api.json"],
    [
      "of API Cloud",
      { "Pizza-1.0/Meta-information/api.json": '{"id":{"apiName":"Pizza","version":"1.0"}}' },
      "3.x",
      "Meta-information/api.json",
    ],
    [
      "of 3.2 in YAML",
      { "P/Meta-information/api.yaml": "id:\n  apiName: Pizza\n" },
      "3.x",
      "Meta-information/api.yaml",
    ],
    [
      "beside what macOS leaves",
      { "P/api.yaml": api, "__MACOSX/P/._api.yaml": "x", "P/.DS_Store": "x" },
      "4.x",
      "api.yaml",
    ],
  ])("is found %s", (_, files, form, apiFile) => {
    expect(read(files)).toMatchObject({ form, apiFile });
  });

  it("knows its definition, environments, deployments and other files", () => {
    const project = read({
      "P/api.yaml": api,
      "P/Definitions/swagger.yaml": "openapi: 3.0.1\n",
      "P/params.yaml":
        "environments:\n  - name: dev\n    configs:\n      endpoints: {}\n  - name: old\n    endpoints: {}\n",
      "P/deployment_environments.yaml": "type: deployment_environments\ndata:\n  - deploymentEnvironment: Default\n",
      "P/Docs/guide.md": "# Guide",
    });
    expect(project.definition).toMatchObject({ file: "Definitions/swagger.yaml", syntax: "yaml" });
    expect(project.environments.map(({ name }) => name)).toEqual(["dev", "old"]);
    expect(project.deployments).toEqual(["Default"]);
    expect([...project.others.keys()]).toEqual(["Docs/guide.md"]);
  });

  it.each([
    ["version: 1.0", "1.0"],
    ["version: 1", "1"],
    ["version: '1.0'", "1.0"],
    ["version: 2020-07-16T09:48:47Z", "2020-07-16T09:48:47Z"],
    ["{tags: [1.0], version: 1.10, isDefaultVersion: true}", "1.10"],
    ["list:\n    - a: 1\n    - [b]\n  version: .5", ".5"],
    ["version: v1", "v1"],
  ])("keeps a version as it is written: %s", (text, version) => {
    const { data } = read({ "api.yaml": `type: api\ndata:${text.startsWith("{") ? " " : "\n  "}${text}\n` });
    expect(data.version).toBe(version);
  });

  it("knows numbers, yes and no elsewhere", () => {
    const { data } = read({ "api.yaml": "type: api\ndata: {version: 1, cacheTimeout: 300, isDefaultVersion: true}\n" });
    expect(data).toEqual({ version: "1", cacheTimeout: 300, isDefaultVersion: true });
  });

  it("has values that are merged by <<, as WSO2's tools merge them", () => {
    const { data } = read({ "api.yaml": "type: api\nx: &x {name: Pizza}\ndata:\n  <<: *x\n  version: 1.0\n" });
    expect(data).toEqual({ name: "Pizza", version: "1.0" });
  });

  it.each([
    ["no API", { "readme.md": "hello" }, /no API in this archive/],
    ["several APIs", { "A/api.yaml": api, "B/api.yaml": api }, /several APIs.*A\/api\.yaml, B\/api\.yaml/],
    ["an API product", { "P/api_product.yaml": "type: api_product", "P/APIs/A/api.yaml": api }, /API product/],
    ["another kind of artifact", { "api.yaml": "type: application\ndata:\n  name: A\n" }, /type application/],
    ["broken YAML", { "api.yaml": "type: api\ndata: [\n" }, /^api\.yaml:\d+:\d+: /],
    ["a key twice", { "api.yaml": "type: api\ndata:\n  name: A\n  name: B\n" }, /^api\.yaml:4:\d+: duplicated/i],
    ["broken JSON", { "api.json": '{"type": "api",\n  "data": }' }, /^api\.json: it is not JSON/],
    ["a list in place of an API", { "api.yaml": "- a\n" }, /names and values/],
    [
      "params.yaml without names",
      { "api.yaml": api, "params.yaml": "environments:\n  - endpoints: {}\n" },
      /environment 1 has no name/,
    ],
    [
      "an environment twice",
      { "api.yaml": api, "params.yaml": "environments:\n  - name: a\n  - name: a\n" },
      /a stands there twice/,
    ],
    [
      "more environments than anybody has",
      { "api.yaml": api, "params.yaml": `environments: [${"{name: a},".repeat(101)}]` },
      /at most 100 environments/,
    ],
    ["nesting without end", { "api.yaml": `type: api\ndata: ${"[".repeat(5_000)}${"]".repeat(5_000)}` }, /depth|nest/i],
    [
      "a billion laughs",
      {
        "api.yaml": `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c]\ndata: {name: *d}\n`,
      },
      /alias/i,
    ],
    [
      "more fields than any API has",
      { "api.yaml": `type: api\ndata:\n${Array.from({ length: 501 }, (_, index) => `  k${index}: 1\n`).join("")}` },
      /^api\.yaml: an API has at most 500 fields/,
    ],
    ["several documents in one file", { "api.yaml": `${api}---\n${api}` }, /^api\.yaml: it holds several documents/],
    [
      "code in place of values",
      { "api.yaml": "type: api\ndata: !!js/function 'function () {}'\n" },
      /^api\.yaml:2:7: unknown/,
    ],
    [
      "files of documents that are long together",
      {
        "api.yaml": api,
        ...Object.fromEntries([1, 2, 3].map((n) => [`Docs/${n}/document.yaml`, `data: {x: ${"x".repeat(1_500_000)}}`])),
      },
      /^Docs: .* larger than 4 MB together/,
    ],
    ["a settings file of 5 MB", { "api.yaml": `a: ${"x".repeat(5_000_000)}` }, /larger than 4 MB/],
  ])("is refused with %s", (_, files, reason) => {
    expect(() => read(files)).toThrow(reason);
  });

  it("is refused with a file that is not UTF-8", () => {
    const broken = new Map([["api.yaml", Uint8Array.of(0x61, 0x3a, 0x20, 0xff)]]);
    expect(() => readProject(broken)).toThrow("api.yaml: the file is not UTF-8.");
  });
});
