import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addUser } from "./pages/people-pages.ts";
import { signIn } from "./pages/visitor-pages.ts";
import { type Backend, startBackend } from "./support/backend.ts";
import { launchBrowser, newVisitor } from "./support/browser.ts";
import { type PublishedApi, publishApi } from "./support/publish.ts";
import { restClient } from "./support/rest.ts";
import { type Stack, startStack } from "./support/stack.ts";

const viewer = { name: "Vera Viewer", email: "vera@example.com", password: "only-looks-around" };
const publisher = { name: "Paul Publisher", email: "paul@example.com", password: "publishes-his-own" };

let stack: Stack;
let browser: Browser;
let backend: Backend;
let api: PublishedApi;
let admin: Page;

beforeAll(async () => {
  [stack, browser, backend] = await Promise.all([startStack(), launchBrowser(), startBackend("A")]);
  api = await publishApi(stack, "LookedAt", { endpoint_type: "http", production_endpoints: { url: backend.url } });
  ({ page: admin } = await newVisitor(browser, stack.publisherUrl));
  await signIn(admin, stack.admin);
  await addUser(admin, viewer, "Viewer");
  await addUser(admin, publisher, "Publisher");
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([stack?.stop(), backend?.stop()]);
});

/** Names of buttons that would change something, as far as they can be pressed. */
async function offers(page: Page): Promise<string[]> {
  const main = page.getByRole("main");
  const changing =
    /save|publish|create|delete|add|edit|remove|revoke|restore|switch|demote|block|deprecate|retire|generate/i;
  const names: string[] = [];
  for (const button of await main.getByRole("button").all()) {
    const name = (await button.getAttribute("aria-label")) ?? (await button.textContent()) ?? "";
    if (changing.test(name) && (await button.isEnabled())) names.push(name);
  }
  return names;
}

describe("a viewer", () => {
  let page: Page;
  beforeAll(async () => {
    ({ page } = await newVisitor(browser, stack.publisherUrl));
    await signIn(page, viewer);
  });

  it("sees every API, and is offered none to create", async () => {
    await page
      .getByRole("link", { name: /LookedAt/ })
      .first()
      .waitFor();
    expect(await page.getByRole("link", { name: /create/i }).count()).toBe(0);
    expect(await offers(page)).toEqual([]);
  });

  it.each([
    "overview",
    "design",
    "endpoints",
    "runtime",
    "resources",
    "lifecycle",
    "subscriptions",
    "history",
    "publishing",
    "properties",
    "documents",
  ])("is offered no change on the page %s, and told why", async (room) => {
    await page.goto(`/apis/${api.id}/${room}`);
    await page.getByText("You can look at everything here and change nothing.").waitFor();
    expect(await offers(page)).toEqual([]);
  });

  it("is told what is not for them where an address leads there", async () => {
    await page.goto("/apis/create");
    await page.getByText("This is not yours to see").waitFor();
    await page.goto("/admin/users");
    await page.getByText("For administrators only").waitFor();
  });
});

describe("an administrator who acts on somebody's behalf", () => {
  it("sees what they see, is reminded of it, and the audit log has both names", async () => {
    const paul = restClient(stack.publisherUrl, publisher);
    const created = await paul("POST", "/apis", { name: "OfPaul", context: "/of-paul", version: "1.0.0" });
    await admin.goto(`/admin/apis/${created.body.id}`);
    await admin.getByRole("button", { name: "Act on behalf of Paul Publisher" }).click();
    await admin.getByRole("button", { name: "Begin" }).click();
    await admin.getByText("you act on behalf of Paul Publisher").waitFor();
    await admin.goto("/apis");
    await admin
      .getByRole("link", { name: /OfPaul/ })
      .first()
      .waitFor();
    expect(await admin.getByRole("link", { name: /LookedAt/ }).count()).toBe(0);
    await admin.goto(`/apis/${created.body.id}/design`);
    await admin.getByLabel("Description").fill("Mended by an administrator.");
    await admin.getByRole("button", { name: "Save" }).click();
    await admin.getByText("Saved.").waitFor();
    await admin
      .getByRole("button", { name: /end|stop|back/i })
      .first()
      .click();
    await admin.getByText("you act on behalf of").waitFor({ state: "detached" });
    await admin.goto("/admin/audit");
    const entry = admin.getByText("on behalf of Paul Publisher").first();
    await entry.waitFor();
  });
});
