import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createToken } from "./support/access-token.ts";
import { type Stack, startStack } from "./support/stack.ts";

const root = join(import.meta.dirname, "..");
let stack: Stack;
let home: string;
let token: string;

beforeAll(async () => {
  stack = await startStack();
  home = await mkdtemp(join(tmpdir(), "fairlead-cli-"));
  token = await createToken(stack);
});
afterAll(async () => {
  await stack?.stop();
  if (home) await rm(home, { recursive: true, force: true });
});

type Ended = { code: number; out: string; error: string };

function fairlead(...args: string[]): Promise<Ended> {
  const env = { ...process.env, XDG_CONFIG_HOME: home, FAIRLEAD_URL: "", FAIRLEAD_TOKEN: "" };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [join(root, "cli/fairlead.mjs"), ...args], { env }, (error, out, told) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, error: told });
    });
    child.stdin?.end();
  });
}

async function folderOf(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(home, "apis-"));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

const apiFile = (index: number, more = "") => `name: Applied${index}
context: /applied-${index}
version: 1.0.0
description: Applied from a file
lifeCycleStatus: PUBLISHED
endpointConfig:
  endpoint_type: http
  production_endpoints:
    url: http://127.0.0.1:9/
${more}`;

const count = async () => Number((await stack.rest("GET", "/apis?limit=1")).body.count ?? 0);

describe("npx fairlead", () => {
  it("says that nobody is logged in, and keeps a login for its owner alone", async () => {
    expect(await fairlead("apis", "list")).toMatchObject({ code: 1, error: expect.stringContaining("Not logged in") });
    expect(await fairlead("login", "--url", stack.publisherUrl, "--token", "flp_wrong")).toMatchObject({ code: 1 });
    const login = await fairlead("login", "--url", stack.publisherUrl, "--token", token);
    expect(login).toMatchObject({ code: 0, error: "" });
    expect((await stat(join(home, "fairlead/credentials.json"))).mode & 0o777).toBe(0o600);
  });

  it("applies a folder, and has nothing to change the second time", async () => {
    const folder = await folderOf({ "one.yaml": apiFile(1), "two.yaml": apiFile(2) });
    expect(await fairlead("diff", folder)).toMatchObject({ code: 2, out: expect.stringContaining("2 to create") });
    const unasked = await fairlead("apply", folder);
    expect(unasked).toMatchObject({ code: 1, error: expect.stringContaining("Nothing was changed") });
    expect(await fairlead("apply", folder, "--yes")).toMatchObject({
      code: 0,
      out: expect.stringContaining("Applied 2."),
    });
    expect(await fairlead("apply", folder)).toEqual({ code: 0, out: "Nothing to change.\n", error: "" });
  });

  it("takes the OpenAPI document that a file names, and says where it is wrong", async () => {
    const document = (method: string) =>
      `openapi: 3.0.3\ninfo: { title: x, version: "1" }\npaths:\n  /a:\n    ${method}: { responses: { "200": { description: x } } }\n`;
    const named = apiFile(3, "definition: ./openapi.yaml\n");
    const folder = await folderOf({ "three.yaml": named, "openapi.yaml": document("fetch") });
    const refused = await fairlead("apply", folder, "--yes");
    expect(refused).toMatchObject({
      code: 1,
      error: expect.stringMatching(/three\.yaml:10: definition: Line 5, column 5: fetch/),
    });
    await writeFile(join(folder, "openapi.yaml"), document("get"));
    expect(await fairlead("apply", folder, "--yes")).toMatchObject({
      code: 0,
      out: expect.stringContaining("Applied 1."),
    });
    const { body } = await stack.rest("GET", "/apis?query=name:Applied3");
    const [{ id = "" } = {}] = z.array(z.object({ id: z.string() })).parse(body.list);
    expect((await stack.rest("GET", `/apis/${id}`)).body).toMatchObject({
      operations: [{ verb: "GET", target: "/a" }],
      definition: { syntax: "yaml" },
    });
    expect(await fairlead("apply", folder)).toEqual({ code: 0, out: "Nothing to change.\n", error: "" });
    await writeFile(join(folder, "three.yaml"), named.replace("openapi.yaml", "none.yaml"));
    await rm(join(folder, "openapi.yaml"));
    expect(await fairlead("diff", folder)).toMatchObject({
      code: 1,
      error: expect.stringMatching(/three\.yaml:10: definition: \.\/none\.yaml cannot be read\./),
    });
  });

  it("takes the documents that a file names, and says where one is wrong", async () => {
    const documents = "documents:\n  - name: Start\n    sourceType: MARKDOWN\n    file: start.md\n";
    const folder = await folderOf({ "five.yaml": apiFile(5, documents) });
    expect(await fairlead("apply", folder, "--yes")).toMatchObject({
      code: 1,
      error: expect.stringMatching(/five\.yaml:13: documents\.0\.file: start\.md cannot be read\./),
    });
    await writeFile(join(folder, "start.md"), "# Start");
    expect(await fairlead("apply", folder, "--yes")).toMatchObject({ code: 0 });
    expect(await fairlead("apply", folder)).toEqual({ code: 0, out: "Nothing to change.\n", error: "" });
    await writeFile(join(folder, "start.md"), "# Begin here");
    expect((await fairlead("apply", folder, "--yes")).out).toContain("Document Start: Content: 7 octets → 12 octets");
  });

  it("changes what differs, in one revision, and says what", async () => {
    const changed = apiFile(1).replace("Applied from a file", "Changed").replace("PUBLISHED", "DEPRECATED");
    const folder = await folderOf({ "one.yaml": `${changed}rateLimit: Gold\n` });
    const { code, out } = await fairlead("apply", folder, "--yes");
    expect(code).toBe(0);
    expect(out).toContain("Description: Applied from a file → Changed");
    expect(out).toContain("Lifecycle state: PUBLISHED → DEPRECATED");
    expect(out).toContain("Rate limit: Unlimited → Gold");
    expect((await fairlead("apply", folder)).out).toBe("Nothing to change.\n");
  });

  it.each([
    ["is no YAML", "name: [", /broken\.yaml:\d+: /],
    ["names a field twice", "name: A\nname: B\n", /broken\.yaml:2: .*unique/i],
    ["has a wrong value", apiFile(4).replace("1.0.0", "1 0"), /broken\.yaml:3: version: /],
    [
      "has a wrong endpoint",
      apiFile(4).replace("http://127.0.0.1:9/", "nowhere"),
      /broken\.yaml:\d+: endpointConfig\S+url: /,
    ],
    ["wants a limit that is not there", apiFile(4, "rateLimit: Platinum\n"), /broken\.yaml:10: rateLimit: .*Platinum/],
    [
      "laughs a billion times",
      `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c]\n`,
      /broken\.yaml:1: .*alias/i,
    ],
  ])("changes nothing where a file %s: exit code 1 with file, line and reason", async (_, broken, expected) => {
    const before = await count();
    const folder = await folderOf({ "broken.yaml": broken, "good.yaml": apiFile(3) });
    const { code, error } = await fairlead("apply", folder, "--yes");
    expect([code, error]).toEqual([1, expect.stringMatching(expected)]);
    expect(await count()).toBe(before);
  });

  it("writes what it reads: an exported folder has nothing to change", async () => {
    const folder = join(home, "exported");
    expect(await fairlead("export", folder)).toMatchObject({ code: 0 });
    expect(await readFile(join(folder, "Applied2-1.0.0.yaml"), "utf8")).toContain("name: Applied2");
    expect(await fairlead("apply", folder)).toMatchObject({ code: 0, out: "Nothing to change.\n" });
  });

  it("imports a folder of WSO2 after it said what becomes of it, and has nothing to change the second time", async () => {
    const params = "environments: [{name: dev, configs: {endpoints: {production: {url: 'http://127.0.0.1:8/'}}}}]\n";
    const data = `{name: Brought, version: 1.0.0, context: /brought, policies: [Gold], endpointConfig: ${JSON.stringify({ endpoint_type: "http", production_endpoints: { url: "http://127.0.0.1:9/" } })}}`;
    const folder = await folderOf({ "api.yaml": `type: api\nversion: v4.1.0\ndata: ${data}\n`, "params.yaml": params });
    const dry = await fairlead("import", folder, "--environment", "dev", "--dry-run");
    expect(dry).toMatchObject({
      code: 0,
      out: expect.stringMatching(/- Subscription tiers: Gold\n.*is created/s),
    });
    expect(await fairlead("import", folder)).toMatchObject({ code: 1, error: expect.stringContaining("Nothing was") });
    expect(await fairlead("import", folder, "--environment", "dev", "--yes")).toMatchObject({ code: 0 });
    expect((await fairlead("apis", "get", "Brought")).out).toContain("http://127.0.0.1:8/");
    const taken = await fairlead("import", folder, "--yes");
    expect(taken).toMatchObject({ code: 1, error: expect.stringMatching(/name: Brought 1.0.0 exists.*--overwrite/s) });
    expect((await fairlead("export", join(home, "projects"), "--wso2")).code).toBe(0);
    const archive = join(home, "projects", "Brought-1.0.0.zip");
    const again = await fairlead("import", archive, "--overwrite");
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining("Nothing to change.") });
    expect(await fairlead("import", join(home, "nowhere"))).toMatchObject({
      code: 1,
      error: expect.stringMatching(/no such file/),
    });
  });

  it.each(["bash", "zsh"])("completes every command in %s", async (shell) => {
    const { out } = await fairlead("completion", shell);
    for (const word of ["import", "export", "apis apply", "keys create", "--environment", "--wso2", "--follow"]) {
      expect(out).toContain(word);
    }
  });

  it("makes a key, and takes it away", async () => {
    const made = await fairlead("keys", "create", "Applied2", "--name", "Shop", "--rate-limit", "Silver");
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^flk_/) });
    expect((await fairlead("keys", "list", "Applied2:1.0.0")).out).toContain("Silver");
    expect(await fairlead("keys", "revoke", "Applied2", "Shop")).toMatchObject({ code: 0 });
  });

  it("shows requests and why they went where they went, and the gateways", async () => {
    const answer = await fetch(`${stack.gatewayUrl}/applied-2/1.0.0/`);
    const id = answer.headers.get("x-request-id") ?? "";
    expect((await fairlead("logs", "Applied2")).out).toContain(id);
    expect((await fairlead("why", id)).out).toContain("The path leads to Applied2 1.0.0");
    expect((await fairlead("status")).out).toContain("1 gateways");
  });

  it("finds nothing to change in 1,000 APIs, and says how long it took", async () => {
    const folder = await folderOf(
      Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`${index}.yaml`, apiFile(1_000 + index)])),
    );
    expect((await fairlead("apply", folder, "--yes")).code).toBe(0);
    const startedAt = performance.now();
    expect((await fairlead("apply", folder)).out).toBe("Nothing to change.\n");
    console.info(`1,000 unchanged APIs: ${Math.round(performance.now() - startedAt)} ms`);
  }, 180_000);

  it("deletes", async () => {
    expect(await fairlead("apis", "delete", "Applied2", "--yes")).toMatchObject({ code: 0 });
    expect(await fairlead("apis", "get", "Applied2")).toMatchObject({
      code: 1,
      error: expect.stringContaining("no API"),
    });
  });
});
