import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApi, createApiKey } from "./pages/api-pages.ts";
import { EndpointsPage } from "./pages/endpoints-page.ts";
import { createAdministrator } from "./pages/visitor-pages.ts";
import { type Backend, startBackend } from "./support/backend.ts";
import { launchBrowser, newVisitor, seriousAxeFindings } from "./support/browser.ts";
import { callBackend, callBackends } from "./support/gateway-calls.ts";
import { type Stack, startStack } from "./support/stack.ts";

let stack: Stack;
let browser: Browser;
let page: Page;
let a: Backend;
let b: Backend;
let c: Backend;
let s: Backend;

beforeAll(async () => {
  [stack, browser, a, b, c, s] = await Promise.all([
    startStack({ firstVisit: true }),
    launchBrowser(),
    startBackend("A"),
    startBackend("B"),
    startBackend("C"),
    startBackend("S"),
  ]);
  ({ page } = await newVisitor(browser, stack.publisherUrl));
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([stack?.stop(), a?.stop(), b?.stop(), c?.stop(), s?.stop()]);
});

describe("the documented flow in a browser, up to calls through the gateway", () => {
  let apiId: string;
  let production: Record<string, string>;
  let endpoints: EndpointsPage;
  const url = () => `${stack.gatewayUrl}/pizza/1.0.0/menu`;

  it("begins with the first visit, which creates the administrator", async () => {
    await createAdministrator(page, stack.admin);
    await page.getByRole("heading", { name: "No APIs yet" }).waitFor();
    await page.goto("/setup");
    expect(new URL(page.url()).pathname).toBe("/apis");
  });

  it("says at the field what is wrong with a name, a context, a version and an endpoint", async () => {
    await page.goto("/apis/create");
    await page.getByLabel("Name").fill("pizza*shack");
    await page.getByLabel("Context").fill("/a b");
    await page.getByLabel("Version").fill("1 0");
    await page.getByLabel("Endpoint").fill("localhost:9000");
    await page.getByRole("button", { name: "Create", exact: true }).click();
    await page.getByText("A name cannot contain *").waitFor();
    await page.getByText("A context stands in the URL").waitFor();
    await page.getByText("A version cannot contain spaces").waitFor();
    await page.getByText("it has to begin with http:// or https://").waitFor();
  });

  it("publishes an API with one endpoint, and a key calls it", async () => {
    apiId = await createApi(
      page,
      { name: "Pizza", context: "pizza", version: "1.0.0", endpoint: a.url },
      "Create & Publish",
    );
    production = { apikey: await createApiKey(page, apiId, "shop", "Production") };
    expect(await callBackends(url(), 2, production)).toEqual(["A", "A"]);
  });

  it("load-balances over three members after SAVE: A B C A B C", async () => {
    endpoints = new EndpointsPage(page);
    await endpoints.goto(apiId);
    await endpoints.chooseEndpointType("Load Balanced");
    await endpoints.addEndpoint("Production", b.url);
    await endpoints.addEndpoint("Production", c.url);
    await endpoints.saveAndWaitUntilLive();
    expect(await callBackends(url(), 6, production)).toEqual(["A", "B", "C", "A", "B", "C"]);
  });

  it("shows the same after a reload of the page", async () => {
    await endpoints.goto(apiId);
    await endpoints.expandGroupConfigurations();
    expect(await endpoints.memberUrls("Production")).toEqual([a.url, b.url, c.url]);
  });

  it("passes by a backend that stopped", async () => {
    await b.stop();
    const answers = await callBackends(url(), 6, production);
    await b.start();
    expect(answers).toEqual(["A", "C", "A", "C", "A", "C"]);
  });

  it("sends nothing more to a member that the bin deleted", async () => {
    await endpoints.deleteMember("Production", 3);
    await endpoints.saveAndWaitUntilLive();
    expect(await callBackends(url(), 4, production)).not.toContain("C");
  });

  it("keeps clients with one endpoint when Transport sessions are chosen behind the cogwheel", async () => {
    const dialog = await endpoints.openLoadBalanceConfigurations();
    await dialog.getByRole("combobox", { name: "Session Management" }).click();
    await page.getByRole("option", { name: "Transport" }).click();
    await dialog.getByLabel("Session Timeout (Millis)").fill("60000");
    await dialog.getByRole("button", { name: "SAVE" }).click();
    await endpoints.saveAndWaitUntilLive();
    const first = await fetch(url(), { headers: production });
    await first.text();
    const cookie = first.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const answers = await callBackends(url(), 4, { ...production, cookie });
    expect(new Set(answers)).toEqual(new Set([first.headers.get("x-backend")]));
  });

  it("sends sandbox keys to the sandbox endpoint", async () => {
    const sandboxed = await createApi(
      page,
      { name: "Boxed", context: "/boxed", version: "1", endpoint: a.url },
      "Create & Publish",
    );
    await endpoints.goto(sandboxed);
    await endpoints.primaryUrl("Sandbox").fill(s.url);
    await endpoints.saveAndWaitUntilLive();
    const key = { apikey: await createApiKey(page, sandboxed, "sand", "Sandbox") };
    expect(await callBackend(`${stack.gatewayUrl}/boxed/1`, key)).toBe("S");
  });

  it("fails over to the next endpoint, and refuses a group without one at the group", async () => {
    const id = await createApi(
      page,
      { name: "Safe", context: "/safe", version: "1", endpoint: a.url },
      "Create & Publish",
    );
    await endpoints.goto(id);
    await endpoints.enabledBox("Sandbox").uncheck();
    await endpoints.chooseEndpointType("Failover");
    await endpoints.save();
    await page.getByText("A failover group needs at least one failover endpoint").waitFor();
    await endpoints.addEndpoint("Production", c.url);
    await endpoints.saveAndWaitUntilLive();
    const key = { apikey: await createApiKey(page, id, "shop", "Production") };
    const safe = `${stack.gatewayUrl}/safe/1`;
    expect(await callBackends(safe, 2, key)).toEqual(["A", "A"]);
    await a.stop();
    const answers = await callBackends(safe, 3, key);
    await a.start();
    expect(answers).toEqual(["C", "C", "C"]);
  });

  it("deploys the sample API, and deletes an API after a question that names it", async () => {
    await page.goto(`/apis/${apiId}/overview`);
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog", { name: "Delete Pizza 1.0.0?" }).getByRole("button", { name: "Delete API" }).click();
    await page.waitForURL("**/apis");
    await page.getByRole("link", { name: "Boxed 1" }).waitFor();
    expect(await page.getByRole("link", { name: "Pizza 1.0.0" }).count()).toBe(0);
  });

  it("takes a deletion back at once, and a later one from Deleted APIs", async () => {
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Pizza 1.0.0 is back.").waitFor();
    await page.getByRole("link", { name: "Pizza 1.0.0" }).waitFor();

    expect((await stack.rest("DELETE", `/apis/${apiId}`)).status).toBe(200);
    await page.goto("/apis/deleted", { waitUntil: "networkidle" });
    expect(await seriousAxeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Bring back Pizza 1.0.0" }).click();
    await page.waitForURL(`**/apis/${apiId}/overview`);
    await page.getByRole("button", { name: "Delete" }).waitFor();
  });
});
