import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signIn } from "./pages/visitor-pages.ts";
import { type Backend, startBackend } from "./support/backend.ts";
import { launchBrowser, newVisitor, seriousAxeFindings } from "./support/browser.ts";
import { callBackend } from "./support/gateway-calls.ts";
import { loadBalanced, type PublishedApi, publishApi } from "./support/publish.ts";
import { type Stack, startStack } from "./support/stack.ts";

let stack: Stack;
let browser: Browser;
let page: Page;
let a: Backend;
let b: Backend;
let api: PublishedApi;

beforeAll(async () => {
  [stack, browser, a, b] = await Promise.all([startStack(), launchBrowser(), startBackend("A"), startBackend("B")]);
  api = await publishApi(stack, "Counted", loadBalanced([a.url, b.url]));
  ({ page } = await newVisitor(browser, stack.publisherUrl));
  await signIn(page, stack.admin);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([stack?.stop(), a?.stop(), b?.stop()]);
});

const traffic = () => page.getByRole("region", { name: "Traffic" });
const figure = (name: string) => traffic().locator("dl > div").filter({ hasText: name }).locator("dd");

describe("the traffic of an API on its overview", () => {
  it("says what will be there while nobody has called", async () => {
    await page.goto(`/apis/${api.id}/overview`);
    await traffic().getByText("No calls in the last hour.").waitFor();
    expect(await figure("Requests").textContent()).toBe("0");
  });

  it("appears by itself: requests, failures and the share of each endpoint", async () => {
    for (let turn = 0; turn < 12; turn += 1) await callBackend(`${api.url}/menu`, api.production);
    await b.stop();
    for (let turn = 0; turn < 6; turn += 1) await callBackend(`${api.url}/menu`, api.production);
    await expect.poll(() => figure("Requests").textContent(), { timeout: 40_000 }).toBe("18");
    await traffic().getByText("Requests by endpoint").waitFor();
    await traffic()
      .getByText(/Suspended/)
      .first()
      .waitFor();
    expect(await traffic().locator("svg").count()).toBeGreaterThanOrEqual(3);
  });

  it("has an outline with a name while its charts are being drawn", async () => {
    const waiting = await page.context().newPage();
    await waiting.route("**/*.js", () => undefined); // Scripts never arrive: what the server drew stays.
    await waiting.goto(`/apis/${api.id}/overview`, { waitUntil: "commit" });
    await waiting.getByRole("status", { name: "The charts are being drawn" }).waitFor();
    expect(await seriousAxeFindings(waiting)).toEqual([]);
    await waiting.close();
  });

  it("is a table as well, and of a day", async () => {
    await traffic().getByRole("button", { name: "Table" }).click();
    const shares = traffic().getByRole("region", { name: "Requests by endpoint" }).getByRole("row");
    expect(await shares.nth(1).textContent()).toMatch(/%/);
    await traffic().getByRole("button", { name: "Last day" }).click();
    await page.waitForURL("**/overview?window=day");
    await expect.poll(() => figure("Requests").textContent(), { timeout: 10_000 }).toBe("18");
  });

  it("leads to the last failures, each with its reason", async () => {
    await a.stop();
    await callBackend(`${api.url}/menu`, api.production).catch(() => undefined);
    await page.goto(`/apis/${api.id}/overview`);
    const link = traffic().getByRole("link", { name: "The last failures, each with its reason" });
    await link.waitFor({ timeout: 40_000 });
    await link.click();
    const failure = page.getByRole("region", { name: "Requests" }).getByRole("row").nth(1);
    await failure.getByText(/failed with 101503 Connection failed|no endpoint of the group was ready/i).waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
  });

  it("is in the list of APIs at a glance", async () => {
    await page.goto("/apis?layout=table");
    const row = page.getByRole("row", { name: /Counted/ });
    await row.getByText(/calls|\d of 2 ready/).waitFor();
    await row.getByRole("img", { name: /last hour/ }).waitFor();
  });

  it.each([
    ["light", 1440],
    ["dark", 390],
  ] as const)("has no serious finding in %s at %i pixels, and does not scroll sideways", async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`/apis/${api.id}/overview`);
    await traffic().locator("svg").first().waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });

  it("keeps the failures when the gateway that had them is another one", async () => {
    await stack.restartGateway();
    await page.goto(`/apis/${api.id}/requests?failed=true`);
    const failure = page.getByRole("region", { name: "Requests" }).getByRole("row").nth(1);
    await failure.getByText(/failed with 101503 Connection failed|no endpoint of the group was ready/i).waitFor();
    expect(await failure.textContent()).toMatch(/ at \S+:\d+/);
    await failure.getByRole("link").click();
    await page
      .getByText(/failed with 101503 Connection failed|no endpoint of the group was ready/i)
      .first()
      .waitFor();
  });
});
