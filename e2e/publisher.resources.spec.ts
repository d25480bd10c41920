import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signIn } from "./pages/visitor-pages.ts";
import { type Backend, startBackend } from "./support/backend.ts";
import { launchBrowser, newVisitor, seriousAxeFindings } from "./support/browser.ts";
import { type PublishedApi, publishApi } from "./support/publish.ts";
import { type Stack, startStack } from "./support/stack.ts";
import { waitFor } from "./support/wait-for.ts";

let stack: Stack;
let browser: Browser;
let page: Page;
let backend: Backend;
let api: PublishedApi;

beforeAll(async () => {
  [stack, browser, backend] = await Promise.all([startStack(), launchBrowser(), startBackend("A")]);
  api = await publishApi(stack, "Shop", { endpoint_type: "http", production_endpoints: { url: backend.url } });
  ({ page } = await newVisitor(browser, stack.publisherUrl));
  await signIn(page, stack.admin);
});
afterAll(async () => {
  await browser?.close();
  await backend?.stop();
  await stack?.stop();
});

const save = async () => {
  await page.getByRole("button", { name: "SAVE", exact: true }).click();
};
const statusOf = async (path: string, init: RequestInit = {}) => (await fetch(`${api.url}${path}`, init)).status;
const becomes = (path: string, status: number, init?: RequestInit) =>
  waitFor(
    `${path} to answer ${status}`,
    async () => ((await statusOf(path, init)) === status ? true : undefined),
    10_000,
  );

describe("the page Resources", () => {
  it("says at the field what is wrong with a path, and adds an operation for each method by the keyboard", async () => {
    await page.goto(`/apis/${api.id}/resources`);
    await page.getByText("No operations yet").waitFor();
    const path = page.getByLabel("Path", { exact: true });
    await path.fill("orders");
    await path.press("Enter");
    await page.getByText("A path begins with a slash").waitFor();
    await page.getByRole("button", { name: "POST", exact: true }).click();
    await path.fill("/orders");
    await path.press("Enter");
    await path.fill("/open");
    await path.press("Enter");
    await page.getByRole("switch", { name: "Security of GET /open" }).click();
    await page.getByRole("button", { name: "Remove POST /open" }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Remove POST /open" }).click();
    await page.getByRole("combobox", { name: "Rate limit of GET /orders" }).click();
    await page.getByRole("option", { name: /^Bronze/ }).click();
    expect(await seriousAxeFindings(page)).toEqual([]);
    await save();
    await page.getByText("Saved.").waitFor();
  });

  it("lets gateways serve one without a key, and count another, while everything else goes on", async () => {
    await becomes("/open", 200);
    expect(await statusOf("/orders")).toBe(401);
    const limited = await fetch(`${api.url}/orders`, { headers: api.production });
    expect([limited.status, limited.headers.get("ratelimit-policy")]).toEqual([200, '"operation-Bronze";q=1000;w=60']);
    expect(await statusOf("/else", { headers: api.production })).toBe(200);
  });

  it("asks before a live API serves only these, and then everything else is refused", async () => {
    await page.getByRole("switch", { name: "Serve only these" }).click();
    await save();
    await page.getByRole("dialog").getByRole("button", { name: "Serve only these" }).click();
    await becomes("/else", 404, { headers: api.production });
    const refused = await fetch(`${api.url}/orders`, { method: "DELETE" });
    expect([refused.status, refused.headers.get("allow")]).toEqual([405, "GET, POST, HEAD"]);
    expect(await refused.json()).toMatchObject({ code: "900906" });
  });

  it("finds one of 5,000 operations at once", async () => {
    const { body } = await stack.rest("GET", `/apis/${api.id}`);
    const operations = Array.from({ length: 5_000 }, (_, index) => ({ verb: "GET", target: `/part${index}/{id}` }));
    expect((await stack.rest("PUT", `/apis/${api.id}`, { ...body, operations })).status).toBe(200);
    await page.reload();
    await page.getByLabel("Search operations").fill("part4321");
    await page.getByText("1 of 5,000 operations").waitFor();
    await page.getByRole("switch", { name: "Security of GET /part4321/{id}" }).click();
    await save();
    await becomes("/part4321/1", 200);
    expect(await statusOf("/part4320/1")).toBe(401);
  });
});
