import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createApiKey } from "./pages/api-pages.ts";
import { EndpointsPage } from "./pages/endpoints-page.ts";
import { signIn } from "./pages/visitor-pages.ts";
import { type Backend, startBackend } from "./support/backend.ts";
import { launchBrowser, newVisitor } from "./support/browser.ts";
import { callBackend } from "./support/gateway-calls.ts";
import { type Stack, startStack } from "./support/stack.ts";

let stack: Stack;
let browser: Browser;
let page: Page;
let backends: Backend[];
let apiId: string;

beforeAll(async () => {
  [stack, browser, ...backends] = await Promise.all([
    ...([startStack(), launchBrowser()] as const),
    ...["A", "B", "S"].map((name) => startBackend(name)),
  ]);
  ({ page } = await newVisitor(browser, stack.publisherUrl));
  await signIn(page, stack.admin);
  const limit = { name: "Three", requests: 3, windowSeconds: 5 };
  expect((await stack.rest("POST", "/rate-limits", limit)).status).toBe(201);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([stack?.stop(), ...(backends ?? []).map((backend) => backend.stop())]);
});

const backendAt = (index: number): Backend => {
  const backend = backends[index];
  if (!backend) throw new Error(`There is no backend ${index}`);
  return backend;
};
const document = () => `openapi: 3.1.0
info: { title: Served, version: 1.0.0 }
servers: [{ url: "${backendAt(0).url}" }]
paths:
  /menu/{dish}:
    get:
      summary: One dish
      parameters: [{ name: dish, in: path, required: true, schema: { type: string } }]
      responses: { "200": { description: Fine } }
`;

const answer = () => page.getByRole("region", { name: "Answer" });
async function send(keyType: "Production" | "Sandbox"): Promise<void> {
  await page.getByRole("button", { name: keyType, exact: true }).click();
  await page.getByRole("form", { name: "Request" }).getByRole("button", { name: "Send", exact: true }).click();
}
const url = () => `${stack.gatewayUrl}/served/1.0.0/menu/pizza`;

it("comes from an OpenAPI document, and fails over once its endpoints say so", async () => {
  await page.goto("/apis/create/openapi", { waitUntil: "networkidle" });
  const file = { name: "served.yaml", mimeType: "application/yaml", buffer: Buffer.from(document()) };
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByText("Served 1.0.0 (3.1.0) has 1 operation and names 1 server.").waitFor();
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.waitForURL(/\/endpoints$/);
  apiId = new URL(page.url()).pathname.split("/")[2] ?? "";
  const endpoints = new EndpointsPage(page);
  await endpoints.chooseEndpointType("Failover");
  await endpoints.addEndpoint("Production", backendAt(1).url);
  await endpoints.enabledBox("Sandbox").check();
  await endpoints.primaryUrl("Sandbox").fill(backendAt(2).url);
  await endpoints.addEndpoint("Sandbox", backendAt(2).url);
  await endpoints.save();
  await expect
    .poll(async () => JSON.stringify((await stack.rest("GET", `/apis/${apiId}`)).body), { timeout: 10_000 })
    .toContain('"production_failovers"');
});

it("is published and tried out: production, which fails over, and sandbox", async () => {
  await page.goto(`/apis/${apiId}/lifecycle`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await expect
    .poll(async () => (await stack.rest("GET", `/apis/${apiId}`)).body, { timeout: 10_000 })
    .toMatchObject({ lifeCycleStatus: "PUBLISHED" });
  await page.goto(`/apis/${apiId}/try-out`, { waitUntil: "networkidle" });
  await page.getByRole("combobox", { name: "Operation" }).click();
  await page.getByRole("option", { name: "GET /menu/{dish} — One dish" }).click();
  await page.getByLabel("dish").fill("pizza");
  await send("Production");
  await answer().getByText('"A"').waitFor();
  await backendAt(0).stop();
  await send("Production");
  await answer().getByText('"B"').waitFor();
  await expect
    .poll(() => answer().getByRole("list", { name: "Endpoints that were tried" }).textContent())
    .toContain("101503");
  await send("Sandbox");
  await answer().getByText('"S"').waitFor();
});

it("gives its consumer a key, a limit that strikes, and another key while the first one is still good", async () => {
  const first = await createApiKey(page, apiId, "Shop", "Production");
  await page.getByRole("row", { name: /Shop/ }).getByRole("combobox").click();
  await page.getByRole("option", { name: /^Three/ }).click();
  const calls = async (apikey: string) => callBackend(url(), { apikey });
  await expect
    .poll(async () => [await calls(first), await calls(first), await calls(first), await calls(first)].at(-1), {
      timeout: 15_000,
    })
    .toBe("429 900804");
  await page.getByRole("button", { name: "Rotate Shop" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Rotate", exact: true }).click();
  const second = await dialog.getByText(/^flk_/).first().textContent();
  expect(second).not.toBe(first);
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  await expect.poll(() => calls(second?.trim() ?? ""), { timeout: 15_000, interval: 500 }).toBe("B");
  await expect.poll(() => calls(first), { timeout: 15_000, interval: 1_000 }).toBe("B");
});
