import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EndpointsPage } from "./pages/endpoints-page.ts";
import { signIn } from "./pages/visitor-pages.ts";
import { type Backend, startBackend } from "./support/backend.ts";
import { launchBrowser, newVisitor } from "./support/browser.ts";
import { callBackends } from "./support/gateway-calls.ts";
import { failover, loadBalanced, type PublishedApi, publishApi } from "./support/publish.ts";
import { isRecord } from "./support/rest.ts";
import { type Stack, startStack } from "./support/stack.ts";

let stack: Stack;
let browser: Browser;
let page: Page;
let endpoints: EndpointsPage;
let getOnly: Backend;

// What users of WSO2's publisher complain about; what is not here stands in endpoints.form and endpoints.live.
beforeAll(async () => {
  [stack, browser, getOnly] = await Promise.all([
    startStack(),
    launchBrowser(),
    startBackend("G", ({ method, url }) => (_request, response) => {
      response.statusCode = method === "GET" && url === "/health" ? 200 : 405;
      response.end();
    }),
  ]);
  ({ page } = await newVisitor(browser, stack.publisherUrl));
  await signIn(page, stack.admin);
  endpoints = new EndpointsPage(page);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([stack?.stop(), getOnly?.stop()]);
});

async function storedConfig({ id }: PublishedApi): Promise<Record<string, unknown>> {
  const { endpointConfig } = (await stack.rest("GET", `/apis/${id}`)).body;
  if (!isRecord(endpointConfig)) throw new Error("No endpoint configuration is stored.");
  return endpointConfig;
}

describe("what a dialog shows", () => {
  it("is what is in effect: no sessions, and a default timeout of two minutes as a placeholder with its source", async () => {
    const api = await publishApi(stack, "Shown", loadBalanced(["http://127.0.0.1:9/"]));
    await endpoints.goto(api.id);
    const dialog = await endpoints.openLoadBalanceConfigurations();
    expect(await dialog.getByRole("combobox", { name: "Session Management" }).textContent()).toBe("None");
    const timeout = dialog.getByLabel("Session Timeout (Millis)");
    expect([await timeout.inputValue(), await timeout.getAttribute("placeholder")]).toEqual(["", "120000"]);
    await dialog.getByText("2 minutes: the default once there are sessions").waitFor();
    await timeout.fill("300");
    await dialog.getByText("300 milliseconds").waitFor();
  });
});

describe("a failover group", () => {
  it("without a failover endpoint is refused at the group, and nothing is stored", async () => {
    const api = await publishApi(stack, "Refused", failover(["http://127.0.0.1:9/a", "http://127.0.0.1:9/b"]));
    await endpoints.goto(api.id);
    await endpoints.deleteMember("Production", 2);
    await endpoints.save();
    await endpoints.group("Production").getByText("A failover group needs at least one failover endpoint").waitFor();
    const stored = { production_failovers: [{ url: "http://127.0.0.1:9/b" }] };
    expect(await storedConfig(api)).toMatchObject(stored);
  });
});

describe("Enable Failover", () => {
  it("does what it says at the gateway, on and off, and SAVE says when it is live", async () => {
    const [a, b] = await Promise.all([startBackend("A"), startBackend("B")]);
    const api = await publishApi(stack, "Switched", loadBalanced([a.url, b.url]));
    await endpoints.goto(api.id);
    // An endpoint that fails stays in the rotation: suspension is switched off.
    await endpoints.member("Production", 1).getByRole("button", { name: "Endpoint configurations" }).click();
    const advanced = endpoints.dialog("Advanced Configurations");
    await advanced.getByLabel("Initial Duration (ms)").fill("0");
    await advanced.getByRole("button", { name: "SAVE" }).click();
    await endpoints.saveAndWaitUntilLive();
    await a.stop();
    expect(await callBackends(api.url, 4, api.production)).toEqual(["B", "B", "B", "B"]);

    const dialog = await endpoints.openLoadBalanceConfigurations();
    await dialog.getByLabel("Enable Failover").uncheck();
    await dialog.getByRole("button", { name: "SAVE" }).click();
    await endpoints.saveAndWaitUntilLive();
    const answers = await callBackends(api.url, 4, api.production);
    await b.stop();
    expect(answers.toSorted()).toEqual(["502 101503", "502 101503", "B", "B"]);
  });
});

describe("Check endpoint status", () => {
  it("asks with the method and at the path that the backend knows", async () => {
    const api = await publishApi(stack, "Probed", {
      endpoint_type: "http",
      production_endpoints: { url: getOnly.url },
    });
    await endpoints.goto(api.id);
    await endpoints.form.getByRole("button", { name: "Check endpoint status" }).click();
    await endpoints.form.getByText(/^405 Method Not Allowed · \d+ ms/).waitFor();
    await endpoints.form.getByLabel("Path").fill("/health");
    await endpoints.form.getByRole("button", { name: "Check again" }).click();
    await endpoints.form.getByText(/^200 OK · \d+ ms/).waitFor();
    await endpoints.form.getByLabel("Method").click();
    await page.getByRole("option", { name: "HEAD" }).click();
    await endpoints.form.getByRole("button", { name: "Check again" }).click();
    await endpoints.form.getByText(/^405 Method Not Allowed/).waitFor();
    expect(getOnly.received.slice(-3).map(({ method, url }) => `${method} ${url}`)).toEqual([
      "GET /",
      "GET /health",
      "HEAD /health",
    ]);
  });
});
