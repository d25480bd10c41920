import { setTimeout as sleep } from "node:timers/promises";
import type { TOTP } from "otpauth";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApi, createApiKey } from "./pages/api-pages.ts";
import { EndpointsPage } from "./pages/endpoints-page.ts";
import { acceptInvitation, enterCode, enterPassword, invite, readKeyIntoApp } from "./pages/people-pages.ts";
import { signIn } from "./pages/visitor-pages.ts";
import { type Backend, startBackend } from "./support/backend.ts";
import { launchBrowser, newVisitor } from "./support/browser.ts";
import { callBackend, callBackends } from "./support/gateway-calls.ts";
import { type Stack, startStack } from "./support/stack.ts";

const paula = { name: "Paula Publisher", email: "paula@example.com", password: "publishes-her-own" };

let stack: Stack;
let browser: Browser;
let a: Backend;
let b: Backend;
let gone: Backend;
let ada: Page;
let page: Page;
let endpoints: EndpointsPage;
let app: TOTP;
let apiId = "";
let key = "";

beforeAll(async () => {
  [stack, browser, a, b, gone] = await Promise.all([
    startStack(),
    launchBrowser(),
    startBackend("A"),
    startBackend("B"),
    startBackend("Gone"),
  ]);
  await gone.stop();
  ({ page: ada } = await newVisitor(browser, stack.publisherUrl));
  await signIn(ada, stack.admin);
  ({ page } = await newVisitor(browser, stack.publisherUrl));
  endpoints = new EndpointsPage(page);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([stack?.stop(), a?.stop(), b?.stop()]);
});

const url = () => `${stack.gatewayUrl}/orders/1.0.0/menu`;
const call = () => callBackend(url(), { apikey: key });
const banner = () => page.getByLabel("Guarded publish").filter({ hasText: /Revision \d+/ });

describe("a day of a team", () => {
  it("begins with an invitation, which a colleague takes up", async () => {
    await acceptInvitation(page, await invite(ada, paula.email, "Publisher"), paula);
    await page.getByText("No APIs yet").waitFor();
  });

  it("goes on with a second factor, by which she signs in", async () => {
    await page.goto("/account");
    await page.getByRole("button", { name: "Set up" }).click();
    app = await readKeyIntoApp(page, paula.password);
    await enterCode(page, app.generate(), "Confirm");
    await page.getByRole("button", { name: "I have kept them" }).click();
    await page.context().clearCookies();
    await enterPassword(page, paula);
    await enterCode(page, app.generate(), "Sign in");
    await page.waitForURL("**/apis");
  });

  it("has an API created, load balanced, published, and called", async () => {
    apiId = await createApi(page, { name: "Orders", context: "/orders", version: "1.0.0", endpoint: a.url }, "Create");
    await endpoints.goto(apiId);
    await endpoints.chooseEndpointType("Load Balanced");
    await endpoints.addEndpoint("Production", b.url);
    await endpoints.saveButton.click();
    await page.getByText(/Saved/).first().waitFor();
    await page.goto(`/apis/${apiId}/lifecycle`);
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByText("PUBLISHED").first().waitFor();
    key = await createApiKey(page, apiId, "shop", "Production");
    await expect.poll(call, { timeout: 10_000 }).toMatch(/^[AB]$/);
    expect(new Set(await callBackends(url(), 8, { apikey: key }))).toEqual(new Set(["A", "B"]));
  });

  it("has its publishes guarded, one of which breaks it and is taken back by itself", async () => {
    await page.goto(`/apis/${apiId}/publishing`);
    const form = page.getByRole("form", { name: "Guarded publish" });
    await form.getByRole("switch", { name: "Guard every publish" }).check();
    await form.getByLabel("Watch time (minutes)").fill("1");
    await form.getByLabel("Requests needed").fill("15");
    await form.getByRole("button", { name: "SAVE" }).click();
    await page.getByText("The next change is watched.").waitFor();
    // The gateway has to hear that it is asked to count.
    await sleep(1_000);
    await callBackends(url(), 60, { apikey: key });

    await endpoints.goto(apiId);
    await endpoints.memberUrl("Production", 1).fill(gone.url);
    await endpoints.memberUrl("Production", 2).fill(`${gone.url}second`);
    await endpoints.saveAndWaitUntilLive();
    for (let round = 0; round < 400 && (await banner().getByText("was taken back").count()) === 0; round += 1) {
      await call();
      await sleep(50);
    }
    await banner().getByText("was taken back").waitFor();
    await expect.poll(call, { timeout: 10_000 }).toMatch(/^[AB]$/);
  });

  it("ends with the audit log, in which an administrator reads what was", async () => {
    await ada.goto("/admin/audit");
    for (const entry of [
      /Guarded publish restored the earlier revision of Orders 1.0.0/,
      /Paula Publisher created the API/,
      /Paula Publisher set up a second factor/,
      /Paula Publisher took up an invitation/,
      /Administrator invited paula@example.com/,
    ])
      await ada.getByText(entry).first().waitFor();
  });
});
