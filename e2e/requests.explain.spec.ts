import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../lib/db/client.ts";
import { recordGateway } from "../lib/db/record-gateway.ts";
import { signIn } from "./pages/visitor-pages.ts";
import { type Backend, startBackend } from "./support/backend.ts";
import { launchBrowser, newVisitor, seriousAxeFindings } from "./support/browser.ts";
import { loadBalanced, type PublishedApi, publishApi } from "./support/publish.ts";
import { type Stack, startStack } from "./support/stack.ts";
import { waitFor } from "./support/wait-for.ts";

let stack: Stack;
let browser: Browser;
let page: Page;
let a: Backend;
let b: Backend;
let shop: PublishedApi;
let other: PublishedApi;

beforeAll(async () => {
  [stack, browser, a, b] = await Promise.all([startStack(), launchBrowser(), startBackend("A"), startBackend("B")]);
  shop = await publishApi(stack, "Shop", loadBalanced([a.url, b.url]));
  other = await publishApi(stack, "Other", loadBalanced([b.url]));
  ({ page } = await newVisitor(browser, stack.publisherUrl));
  await signIn(page, stack.admin);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([stack?.stop(), a?.stop(), b?.stop()]);
});

/** Calls an API, and waits until the gateway has its record. */
async function callWith(id: string, api: PublishedApi, path = "", method = "GET", more: Record<string, string> = {}) {
  const headers = { ...api.production, ...more, "X-Request-Id": id };
  const response = await fetch(`${api.url}${path}`, { method, headers, signal: AbortSignal.timeout(10_000) });
  await response.arrayBuffer();
  await waitFor(`the record of ${id}`, async () => ((await recordAt(id)).status === 200 ? true : undefined));
  return response;
}

const recordAt = (id: string) => fetch(`${stack.gatewayAdminUrl}/requests/${id}`);
const openRequests = (api: PublishedApi, query = "") => page.goto(`/apis/${api.id}/requests${query}`);
const steps = () => page.getByRole("list", { name: "What happened" }).getByRole("listitem");

describe("the requests of an API", () => {
  it("are an empty list that says what will be there", async () => {
    await page.goto(`/apis/${shop.id}/overview`);
    await page.getByRole("link", { name: "Requests", exact: true }).click();
    await page.getByRole("heading", { name: "No request yet" }).waitFor();
    await page.getByRole("link", { name: "Failed" }).click();
    await page.getByRole("heading", { name: "No request has failed" }).waitFor();
  });

  it("appear by themselves, the newest first, with what the client got", async () => {
    await openRequests(shop);
    await callWith("first", shop, "/pizza?apikey=not-shown");
    await callWith("second", shop, "/pasta");
    await page.getByRole("link", { name: "second" }).waitFor();
    const rows = page.getByRole("region", { name: "Requests" }).getByRole("row");
    expect(await rows.nth(1).textContent()).toMatch(/GET \/shop\/1\.0\.0\/pasta\s*second●200/);
    expect(await rows.nth(2).textContent()).toMatch(/GET \/shop\/1\.0\.0\/pizza\s*first/);
    expect(await page.content()).not.toContain("not-shown");
  });

  it("that failed can be looked at alone", async () => {
    await fetch(shop.url, { headers: { "X-Request-Id": "keyless" } });
    await openRequests(shop);
    await page.getByRole("link", { name: "Failed" }).click();
    await page.getByRole("link", { name: "second" }).waitFor({ state: "detached" });
    await page.getByRole("link", { name: "keyless" }).waitFor();
    const rows = page.getByRole("region", { name: "Requests" }).getByRole("row");
    const reason = expect.stringMatching(/401 · 900902\s*The key is missing\./);
    expect([await rows.count(), await rows.nth(1).textContent()]).toEqual([2, reason]);
  });

  it("that failed are told over REST, each with its reason", async () => {
    const { body } = await stack.rest("GET", `/apis/${shop.id}/failures`);
    const failure = { requestId: "keyless", status: 401, code: "900902", reason: "The key is missing." };
    expect(body).toMatchObject({ count: 1, list: [failure], answered: 1, silent: [] });
  });
});

describe("the explanation of a request", () => {
  it("tells the way from the route to the answer, found from the list", async () => {
    await openRequests(shop);
    await page.getByRole("link", { name: "first" }).click();
    await page.getByRole("heading", { name: "GET /shop/1.0.0/pizza" }).waitFor();
    const text = await page.getByRole("list", { name: "What happened" }).textContent();
    for (const part of [
      /Route\s*The path leads to Shop 1\.0\.0 \(\/shop\), revision \d+\./,
      /Key\s*The request came with an API key, which leads to the production endpoints\./,
      /Group\s*The endpoints take turns; failover is on\./,
      /Session\s*The group has no session management\./,
      /Member 1 .*chosen: its turn/,
      /It answered with 200 \(.* ms to connect\)/,
      /Answer\s*after .* ms\s*The endpoint's answer, 200, was passed on/,
    ]) {
      expect(text).toMatch(part);
    }
    await page.getByRole("link", { name: "All requests" }).click();
    await page.getByRole("link", { name: "second" }).waitFor();
  });

  it("says who failed, and afterwards who is passed by and until when, found by the response's id", async () => {
    await a.stop();
    const responses = [await callWith("one", shop), await callWith("two", shop), await callWith("three", shop)];
    await a.start();
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200]);
    await openRequests(shop);
    await page.getByLabel("X-Request-Id").fill(responses[0]?.headers.get("x-request-id") ?? "");
    await page.getByRole("button", { name: "Explain" }).click();
    await page.getByText("Choosing another endpoint").waitFor();
    const told = (await steps().allTextContents()).join(" ");
    expect(told).toMatch(/It failed with 101503 Connection failed; nothing had been sent/);
    expect(told).toMatch(/Choosing another endpoint.*Member 2 \S+ chosen: the next one that is ready.*200/);
    // One of the next two would have been the turn of the member that is out.
    const texts = await Promise.all(["two", "three"].map(async (id) => (await recordAt(id)).text()));
    expect(texts.join(" ")).toMatch(/was passed by: it is suspended until 20\S+Z\./);
  });

  it("says why a POST was not tried again", async () => {
    const reset = await startBackend("R", () => (request) => request.socket.resetAndDestroy());
    const api = await publishApi(stack, "Resetting", loadBalanced([reset.url, b.url]));
    expect((await callWith("post", api, "", "POST")).status).toBe(502);
    await openRequests(api, "?id=post");
    await page.getByText("No further try").waitFor();
    await page.getByText("doing it twice may not be the same as once").waitFor();
    await page.getByText("The gateway answered 502 with code 101500").waitFor();
    await reset.stop();
  });

  it("is given for the API's own requests only, and says what is kept otherwise", async () => {
    await callWith("elsewhere", other);
    await openRequests(shop, "?id=elsewhere");
    await page.getByRole("heading", { name: "No such request of this API is kept" }).waitFor();
    await page.getByText("at least the last 1,000 requests").waitFor();
    await openRequests(other, "?id=elsewhere");
    await page.getByRole("heading", { name: "GET /other/1.0.0" }).waitFor();
  });

  it("is not for publishers who may not see the API", async () => {
    const { context, page: visitor } = await newVisitor(browser, stack.publisherUrl);
    const response = await visitor.goto(`/apis/${shop.id}/requests/recent`);
    expect(visitor.url()).toContain("/sign-in");
    expect(await response?.text()).not.toContain("pizza");
    await context.close();
  });

  it("names gateways that did not answer, whose requests are missing", async () => {
    const db = openDatabase(stack.databaseUrl);
    const now = new Date();
    const gateway = { id: "hung", host: "west:8280", version: "0.1.0", appliedRevision: 1, refusedApis: [] };
    await recordGateway(db, { ...gateway, startedAt: now, appliedAt: now });
    await openRequests(shop);
    await page.getByText("The gateway west:8280 did not answer in time").waitFor();
    await page.getByRole("link", { name: "second" }).waitFor();
    await openRequests(shop, "?id=nowhere");
    await page.getByText("The gateway west:8280 did not answer in time").waitFor();
    await db.gateway.delete({ where: { id: "hung" } });
    await db.$disconnect();
  });

  it.each([
    ["light", 1440],
    ["dark", 390],
  ] as const)("has no serious finding and does not scroll sideways in %s at %i pixels", async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 900 });
    for (const query of ["", "?failed=true", "?id=one", "?id=nowhere"]) {
      await openRequests(shop, query);
      await page.getByRole("main").waitFor();
      expect(await seriousAxeFindings(page)).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
      const shots = process.env.EXPLAIN_SHOTS;
      if (shots)
        await page.screenshot({
          path: `${shots}/${colorScheme}-${width}${query.replace(/\W/g, "-")}.png`,
          fullPage: true,
        });
    }
  });
});
