import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApi } from "./pages/api-pages.ts";
import { addUser } from "./pages/people-pages.ts";
import { signIn } from "./pages/visitor-pages.ts";
import { type Backend, startBackend } from "./support/backend.ts";
import { launchBrowser, newVisitor } from "./support/browser.ts";
import { type Stack, startStack } from "./support/stack.ts";

const olga = { name: "Olga Owner", email: "olga@example.com", password: "owns-the-orders-api" };
const carl = { name: "Carl Colleague", email: "carl@example.com", password: "works-on-it-as-well" };

let stack: Stack;
let browser: Browser;
let backend: Backend;
let olgasPage: Page;
let carlsPage: Page;
let apiId: string;

beforeAll(async () => {
  [stack, browser, backend] = await Promise.all([startStack(), launchBrowser(), startBackend("A")]);
  const { page: admin } = await newVisitor(browser, stack.publisherUrl);
  await signIn(admin, stack.admin);
  await addUser(admin, olga, "Publisher");
  await addUser(admin, carl, "Publisher");
  [{ page: olgasPage }, { page: carlsPage }] = await Promise.all([
    newVisitor(browser, stack.publisherUrl),
    newVisitor(browser, stack.publisherUrl),
  ]);
  await signIn(olgasPage, olga);
  await signIn(carlsPage, carl);
  const api = { name: "Orders", context: "/orders", version: "1.0.0", endpoint: backend.url };
  apiId = await createApi(olgasPage, api, "Create");
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([stack?.stop(), backend?.stop()]);
});

const section = (page: Page, name: "Owner" | "Co-owners") => page.getByRole("region", { name, exact: true });

async function choose(page: Page, field: "Co-owner" | "New owner", name: string): Promise<void> {
  await page.getByRole("combobox", { name: field }).click();
  await page.getByRole("option", { name }).click();
}

describe("an API with a co-owner", () => {
  it("is out of a colleague's reach before", async () => {
    await carlsPage.goto(`/apis/${apiId}/design`);
    await carlsPage.getByText("This is not yours to see").waitFor();
  });

  it("asks who is added, and names them from then on", async () => {
    await olgasPage.goto(`/apis/${apiId}/design`, { waitUntil: "networkidle" });
    await section(olgasPage, "Co-owners").getByText("Nobody works on this API beside its owner.").waitFor();
    await section(olgasPage, "Co-owners").getByRole("button", { name: "Add co-owner…" }).click();
    await olgasPage.getByRole("button", { name: "Add", exact: true }).click();
    await olgasPage.getByText("Choose who works on the API as well.").waitFor();
    await choose(olgasPage, "Co-owner", carl.name);
    await olgasPage.getByRole("button", { name: "Add", exact: true }).click();
    await section(olgasPage, "Co-owners").getByText(`${carl.email}, added by ${olga.name}`).waitFor();
  });

  it("is edited and published by the co-owner, who is not offered to delete it or to give it away", async () => {
    await carlsPage.goto(`/apis/${apiId}/design`, { waitUntil: "networkidle" });
    expect(await carlsPage.getByRole("button", { name: "Delete" }).count()).toBe(0);
    expect(await carlsPage.getByRole("button", { name: "Transfer…" }).count()).toBe(0);
    expect(await carlsPage.getByRole("button", { name: "Add co-owner…" }).count()).toBe(0);
    await carlsPage.getByLabel("Description").fill("Takes and finds orders.");
    await carlsPage.getByRole("button", { name: "SAVE" }).click();
    await carlsPage.getByText(/Saved/).first().waitFor();
    await carlsPage.goto(`/apis/${apiId}/lifecycle`, { waitUntil: "networkidle" });
    await carlsPage.getByRole("button", { name: "Publish", exact: true }).click();
    await carlsPage.getByText("PUBLISHED").first().waitFor();
    await olgasPage.goto(`/apis/${apiId}/history`);
    await olgasPage.getByText(carl.name).first().waitFor();
  });

  it("changes hands, and its owner before stays as a co-owner", async () => {
    await olgasPage.goto(`/apis/${apiId}/design`, { waitUntil: "networkidle" });
    await section(olgasPage, "Owner").getByRole("button", { name: "Transfer…" }).click();
    await choose(olgasPage, "New owner", carl.name);
    await olgasPage.getByRole("checkbox", { name: `${olga.name} stays as a co-owner` }).check();
    await olgasPage.getByRole("button", { name: "Transfer", exact: true }).click();
    await section(olgasPage, "Owner").getByText(carl.email).waitFor();
    await section(olgasPage, "Co-owners").getByText(olga.email).waitFor();
    expect(await olgasPage.getByRole("button", { name: "Transfer…" }).count()).toBe(0);
  });

  it("is lost to a co-owner who is removed, and theirs again when that is undone", async () => {
    await carlsPage.goto(`/apis/${apiId}/design`, { waitUntil: "networkidle" });
    await section(carlsPage, "Co-owners")
      .getByRole("button", { name: `Remove ${olga.name}` })
      .click();
    await section(carlsPage, "Co-owners").getByText("Nobody works on this API beside its owner.").waitFor();
    await olgasPage.reload();
    await olgasPage.getByText("This is not yours to see").waitFor();
    await carlsPage.getByRole("button", { name: "Undo" }).click();
    await section(carlsPage, "Co-owners").getByText(olga.email).waitFor();
  });
});
