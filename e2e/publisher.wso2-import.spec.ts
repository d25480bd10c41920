import { readFile } from "node:fs/promises";
import { strToU8, zipSync } from "fflate";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import samples from "../lib/model/wso2-endpoint-config.samples.json" with { type: "json" };
import { signIn } from "./pages/visitor-pages.ts";
import { type Backend, startBackend } from "./support/backend.ts";
import { launchBrowser, newVisitor, seriousAxeFindings } from "./support/browser.ts";
import { callBackend } from "./support/gateway-calls.ts";
import { type Stack, startStack } from "./support/stack.ts";

let stack: Stack;
let browser: Browser;
let page: Page;
let a: Backend;
let b: Backend;

beforeAll(async () => {
  [stack, browser, a, b] = await Promise.all([startStack(), launchBrowser(), startBackend("A"), startBackend("B")]);
  ({ page } = await newVisitor(browser, stack.publisherUrl));
  await signIn(page, stack.admin);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([stack?.stop(), a?.stop(), b?.stop()]);
});

const open = [{ target: "/*", verb: "GET", authType: "None", throttlingPolicy: "Unlimited" }];

function archiveOf(files: Record<string, string>): Buffer {
  const bytes = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]));
  return Buffer.from(zipSync(bytes));
}

/** As apictl writes it, with values for an environment of its own. */
const pizza = () =>
  archiveOf({
    "Pizza-1.0.0/api.yaml": `type: api
version: v4.1.0
data:
  name: Pizza
  version: 1.0.0
  context: /pizza
  lifeCycleStatus: PUBLISHED
  securityScheme: [oauth2]
  businessInformation: {businessOwner: Jane}
  operations: ${JSON.stringify(open)}
  endpointConfig:
    endpoint_type: http
    production_endpoints: {url: "${a.url}"}
`,
    "Pizza-1.0.0/params.yaml": `environments:
  - name: staging
    configs:
      endpointRoutingPolicy: failover
      failoverEndpoints:
        production: {url: "${b.url}"}
        productionFailovers: [{url: "${a.url}"}]
`,
    "Pizza-1.0.0/Image/icon.png": "",
  });

const choose = (name: string, buffer: Buffer) =>
  page.getByLabel("Archive").setInputFiles({ name, mimeType: "application/zip", buffer });

describe("Import from WSO2", () => {
  it("says what is no project, and goes on", async () => {
    await page.getByRole("link", { name: "Import from WSO2" }).click();
    await page.getByRole("heading", { name: "Drop a zip archive here" }).waitFor();
    await choose("notes.zip", Buffer.from("notes"));
    await page.getByText("It is not a zip archive").waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
  });

  it("shows what is taken, changed and left behind before anything is written", async () => {
    await choose("Pizza-1.0.0.zip", pizza());
    await page.getByText("nothing is written yet").waitFor();
    expect(await page.getByLabel("Left behind").textContent()).toMatch(/Business information.*Thumbnail/);
    await page.getByLabel("Environment").click();
    await page.getByRole("option", { name: "staging" }).click();
    await page.getByLabel("Changed").getByText("staging").waitFor();
    await page.getByText("Failover: 2 production, 0 sandbox").waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
    expect((await stack.rest("GET", "/apis")).body.count).toBe(0);
  });

  it("imports, and gateways serve it at once", async () => {
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.waitForURL("**/overview");
    const id = new URL(page.url()).pathname.split("/")[2] ?? "";
    await stack.waitUntilLive(id, Number((await stack.rest("GET", `/apis/${id}`)).body.revision));
    expect(await callBackend(`${stack.gatewayUrl}/pizza/1.0.0/menu`)).toBe("B");
  });

  it("is downloaded, and has nothing to change when it comes back", async () => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download API" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("Pizza-1.0.0.zip");
    const bytes = await readFile(await download.path());
    await page.goto("/apis/import");
    await choose("Pizza-1.0.0.zip", bytes);
    await page.getByText("Pizza 1.0.0 exists already").first().waitFor();
    await page.getByLabel("Replace Pizza 1.0.0 that is here").click();
    await page.getByText("Nothing to change").waitFor();
  });

  it("comes in under another version where its own is taken", async () => {
    await page.getByLabel("Replace Pizza 1.0.0 that is here").click();
    await page.getByLabel("Version").fill("2.0.0");
    await page.getByLabel("Version").press("Enter");
    await page.getByText("The context /pizza is taken").first().waitFor();
    await page.getByLabel("Context").fill("/pizza-two");
    await page.getByLabel("Context").press("Enter");
    await page.getByText("nothing is written yet").waitFor();
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.waitForURL("**/overview");
    await page.getByText("Pizza : 2.0.0").waitFor();
  });
});

/** Its hosts are nobody's: the backend of the test stands in for them. */
function servedHere(endpointConfig: unknown): unknown {
  const text = JSON.stringify(endpointConfig).replaceAll(/https?:\/\/[a-z]+:\d+/g, a.url.replace(/\/$/, ""));
  return JSON.parse(text);
}

describe("every kind of endpoints that WSO2 writes", () => {
  it.each(samples.map((sample, index) => ({ ...sample, index })))(
    "is imported and served: $name",
    async ({ endpointConfig, index }) => {
      const data = {
        ...{ name: `Sample ${index}`, version: "1.0.0", context: `/sample-${index}`, lifeCycleStatus: "PUBLISHED" },
        ...{ operations: open, endpointConfig: servedHere(endpointConfig) },
      };
      const response = await fetch(`${stack.publisherUrl}/api/am/publisher/v4/apis/import`, {
        method: "POST",
        headers: {
          "content-type": "application/zip",
          authorization: `Basic ${Buffer.from(`${stack.admin.email}:${stack.admin.password}`).toString("base64")}`,
        },
        body: new Blob([new Uint8Array(archiveOf({ "api.json": JSON.stringify({ type: "api", data }) }))]),
      });
      const answer: unknown = await response.json();
      expect(answer).toMatchObject({ action: "create" });
      const { id, revision } = Object(answer);
      await stack.waitUntilLive(String(id), Number(revision));
      expect(await callBackend(`${stack.gatewayUrl}/sample-${index}/1.0.0/menu`)).toBe("A");
    },
  );
});
