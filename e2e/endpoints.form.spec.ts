import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EndpointsPage } from "./pages/endpoints-page.ts";
import { signIn } from "./pages/visitor-pages.ts";
import { type Backend, startBackend } from "./support/backend.ts";
import { launchBrowser, newVisitor, seriousAxeFindings } from "./support/browser.ts";
import { failover, loadBalanced } from "./support/publish.ts";
import { isRecord, text } from "./support/rest.ts";
import { type Stack, startStack } from "./support/stack.ts";
import { waitFor } from "./support/wait-for.ts";

let stack: Stack;
let backend: Backend;
let browser: Browser;
let page: Page;
let endpoints: EndpointsPage;
let count = 0;

const [a, b, c] = ["http://a.invalid/", "http://b.invalid/", "http://c.invalid/"] as const;

beforeAll(async () => {
  [stack, backend, browser] = await Promise.all([startStack(), startBackend("A"), launchBrowser()]);
  ({ page } = await newVisitor(browser, stack.publisherUrl));
  await signIn(page, stack.admin);
  endpoints = new EndpointsPage(page);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([stack?.stop(), backend?.stop()]);
});

/** Creates an API over REST and opens its Endpoints page. */
async function openNewApi(endpointConfig?: Record<string, unknown>): Promise<string> {
  count += 1;
  const created = await stack.rest("POST", "/apis", {
    name: `Form${count}`,
    context: `/form${count}`,
    version: "1.0.0",
    ...(endpointConfig && { endpointConfig }),
  });
  const id = text(created.body, "id");
  await endpoints.goto(id);
  return id;
}

async function storedConfig(id: string): Promise<Record<string, unknown>> {
  const { endpointConfig } = (await stack.rest("GET", `/apis/${id}`)).body;
  if (!isRecord(endpointConfig)) throw new Error("No endpoint configuration is stored.");
  return endpointConfig;
}

async function saveAndReload(id: string): Promise<void> {
  await endpoints.save();
  await endpoints.form.getByText(/^(Saved\.|Live on)/).waitFor();
  await endpoints.goto(id);
}

const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));

/** Reads the members until they are as expected, because the page follows keys a moment later. */
async function expectMembers(urls: readonly string[]): Promise<void> {
  let last: string[] = [];
  await waitFor(`members ${urls.join(", ")}`, async () => {
    last = await endpoints.memberUrls("Production");
    return last.join() === urls.join() ? true : undefined;
  }).catch(() => undefined);
  expect(last).toEqual(urls);
}

describe("the members of a group", () => {
  it("are edited in place, the first in both of its fields", async () => {
    const id = await openNewApi(loadBalanced([a, b]));
    await endpoints.memberUrl("Production", 1).fill("http://first.invalid/");
    expect(await endpoints.primaryUrl("Production").inputValue()).toBe("http://first.invalid/");
    await endpoints.primaryUrl("Production").fill("http://again.invalid/");
    await endpoints.memberUrl("Production", 2).fill("http://second.invalid/");
    await saveAndReload(id);
    await expectMembers(["http://again.invalid/", "http://second.invalid/"]);
  });

  it("are added with Enter, and the cursor stays for the next one", async () => {
    const id = await openNewApi(loadBalanced([a]));
    await endpoints.newUrl("Production").fill(b);
    await page.keyboard.press("Enter");
    await page.keyboard.type(c);
    await page.keyboard.press("Enter");
    await expectMembers([a, b, c]);
    await saveAndReload(id);
    await expectMembers([a, b, c]);
  });

  it("are not added while the URL is none, which is said at the field", async () => {
    await openNewApi(loadBalanced([a]));
    await endpoints.addEndpoint("Production", "localhost:9000");
    await endpoints.group("Production").getByText("it has to begin with http:// or https://").waitFor();
    await expectMembers([a]);
  });

  it("are reordered, left out and put back by keyboard", async () => {
    const id = await openNewApi(loadBalanced([a, b, c]));
    await endpoints.handle("Production", 1).focus();
    await page.keyboard.press("Alt+ArrowDown");
    await expectMembers([b, a, c]);
    expect(await focused()).toBe("Move endpoint 2");
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toBe("Move endpoint 3");
    await page.keyboard.press("Delete");
    await expectMembers([b, a]);
    expect(await focused()).toBe("Move endpoint 2");
    await page.getByRole("button", { name: "Undo" }).click();
    await expectMembers([b, a, c]);
    await saveAndReload(id);
    await expectMembers([b, a, c]);
  });

  it("are reordered by dragging", async () => {
    await openNewApi(loadBalanced([a, b, c]));
    await endpoints.handle("Production", 3).hover(); // Scrolls it from under the bar with SAVE.
    const from = await endpoints.handle("Production", 3).boundingBox();
    const to = await endpoints.handle("Production", 1).boundingBox();
    if (!from || !to) throw new Error("The handles cannot be seen.");
    await page.mouse.down();
    await page.mouse.move(from.x + 8, from.y - 8, { steps: 4 });
    await page.mouse.move(to.x + 8, to.y + 2, { steps: 10 });
    await page.mouse.up();
    await expectMembers([c, a, b]);
  });

  it("keep one: its bin says why, and the second takes the place of a first that is left out", async () => {
    await openNewApi(failover([a, b]));
    await endpoints.deleteMember("Production", 1);
    await expectMembers([b]);
    expect(await endpoints.primaryUrl("Production").inputValue()).toBe(b);
    await endpoints.handle("Production", 1).press("Delete");
    await endpoints.form.getByText("The only endpoint of a group stays").waitFor({ state: "attached" });
    await expectMembers([b]);
  });
});

describe("Endpoint Type", () => {
  it("asks before it drops members, and brings them back until SAVE", async () => {
    const id = await openNewApi(loadBalanced([a, b]));
    await endpoints.chooseEndpointType("None");
    const dialog = endpoints.dialog(/Change Endpoint Type/);
    await dialog.getByText(`Production endpoint 2: ${b}`).waitFor();
    await dialog.getByRole("button", { name: "Change to None" }).click();
    await endpoints.groupConfigurations.getByText("Not Configured").waitFor();
    await endpoints.chooseEndpointType("Load Balanced");
    await expectMembers([a, b]);
    await endpoints.chooseEndpointType("None");
    await dialog.getByRole("button", { name: "Change to None" }).click();
    await saveAndReload(id);
    expect(await storedConfig(id)).toMatchObject({ endpoint_type: "http", production_endpoints: { url: a } });
  });

  it("keeps the members between Load Balanced and Failover", async () => {
    const id = await openNewApi(loadBalanced([a, b]));
    await endpoints.chooseEndpointType("Failover");
    await page.getByRole("heading", { name: "Production Failover Endpoints" }).waitFor();
    await expectMembers([a, b]);
    await saveAndReload(id);
    expect(await storedConfig(id)).toMatchObject({ endpoint_type: "failover", production_failovers: [{ url: b }] });
  });

  it("None to Load Balanced makes an API without endpoints one with two", async () => {
    const id = await openNewApi();
    await endpoints.chooseEndpointType("Load Balanced");
    await endpoints.addEndpoint("Production", a);
    await endpoints.addEndpoint("Production", b);
    await expectMembers([a, b]);
    await saveAndReload(id);
    expect(await storedConfig(id)).toMatchObject({ production_endpoints: [{ url: a }, { url: b }] });
  });
});

describe("SAVE", () => {
  it("shows what is wrong at its field, with the cursor there", async () => {
    await openNewApi(loadBalanced([a, b]));
    await endpoints.memberUrl("Production", 2).fill("ftp://b");
    await endpoints.save();
    await endpoints.member("Production", 2).getByText("http:// or https://").waitFor();
    await waitFor("the cursor in the wrong URL", async () => (await focused()) === "Service URL" || undefined);
  });

  it("does not leave behind a URL that was typed and not added", async () => {
    await openNewApi(loadBalanced([a]));
    await endpoints.newUrl("Production").fill(b);
    await endpoints.save();
    await endpoints.group("Production").getByText("Press + (or Enter) to add this endpoint").waitFor();
  });

  it("wants one key type at least", async () => {
    await openNewApi(loadBalanced([a]));
    await endpoints.enabledBox("Production").uncheck();
    await endpoints.save();
    await endpoints.form.getByText("Enable the production endpoint, the sandbox endpoint, or both.").waitFor();
  });

  it("tells the second of two people what changed, and puts their edits on top", async () => {
    const id = await openNewApi(loadBalanced([a, b]));
    await endpoints.memberUrl("Production", 2).fill("http://mine.invalid/");
    const current = await stack.rest("GET", `/apis/${id}`);
    await stack.rest("PUT", `/apis/${id}`, { ...current.body, endpointConfig: loadBalanced([a, b, c]) });
    await endpoints.save();
    const dialog = endpoints.dialog("Somebody else saved this API");
    await dialog.getByText("saved this API since you opened it").waitFor();
    await dialog.getByText(c, { exact: true }).waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Keep my edits on top" }).click();
    await expectMembers([a, "http://mine.invalid/", c]);
    await saveAndReload(id);
    await expectMembers([a, "http://mine.invalid/", c]);
  });

  it("lets the second of two people load what is stored, and take that back", async () => {
    const id = await openNewApi(loadBalanced([a, b]));
    await endpoints.memberUrl("Production", 2).fill("http://mine.invalid/");
    const current = await stack.rest("GET", `/apis/${id}`);
    await stack.rest("PUT", `/apis/${id}`, { ...current.body, endpointConfig: loadBalanced([b, a]) });
    await endpoints.save();
    await endpoints.dialog("Somebody else saved this API").getByRole("button", { name: "Load theirs" }).click();
    await expectMembers([b, a]);
    await page.getByRole("button", { name: "Undo" }).click();
    await expectMembers(["http://mine.invalid/", a]);
  });
});

describe("the dialogs", () => {
  it("Load Balance Configurations writes into the page, and SAVE stores it", async () => {
    const id = await openNewApi(loadBalanced([a, b]));
    const dialog = await endpoints.openLoadBalanceConfigurations();
    await dialog.getByText("2 minutes").waitFor();
    await dialog.getByRole("combobox", { name: "Session Management" }).click();
    await page.getByRole("option", { name: "Client ID" }).click();
    await dialog.getByLabel("Session Timeout (Millis)").fill("0");
    await dialog.getByRole("button", { name: "SAVE" }).click();
    await dialog.getByText("Session Timeout is at least 1 ms").waitFor();
    await dialog.getByLabel("Session Timeout (Millis)").fill("90000");
    await dialog.getByText("1 minute 30 seconds").waitFor();
    await dialog.getByLabel("Enable Failover").uncheck();
    await dialog.getByRole("button", { name: "SAVE" }).click();
    await dialog.waitFor({ state: "hidden" });
    expect(await storedConfig(id)).not.toHaveProperty("failOver", false);
    await saveAndReload(id);
    const expected = { sessionManagement: "simpleClientSession", sessionTimeOut: "90000", failOver: false };
    expect(await storedConfig(id)).toMatchObject(expected);
  });

  it("Advanced Configurations belong to one member, with errors at their fields", async () => {
    const id = await openNewApi(loadBalanced([a, b]));
    await endpoints.member("Production", 2).getByRole("button", { name: "Endpoint configurations" }).click();
    const dialog = endpoints.dialog("Advanced Configurations");
    await dialog.getByRole("combobox", { name: "Error Code" }).first().click();
    await page.getByRole("option", { name: "101503 Connection failed" }).click();
    await dialog.getByLabel("Initial Duration (ms)").fill("-5");
    await dialog.getByLabel("Factor").fill("1.5");
    await dialog.getByRole("button", { name: "SAVE" }).click();
    await dialog.getByText("Initial Duration cannot be negative.").waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
    await dialog.getByLabel("Initial Duration (ms)").fill("2000");
    await dialog.getByRole("button", { name: "SAVE" }).click();
    await dialog.waitFor({ state: "hidden" });
    await saveAndReload(id);
    const config = { suspendErrorCode: ["101503"], suspendDuration: "2000", factor: "1.5" };
    expect(await storedConfig(id)).toMatchObject({ production_endpoints: [{ url: a }, { url: b, config }] });
  });
});

describe("what was typed", () => {
  it("is asked about before the page is left, and Reset returns to what is stored", async () => {
    await openNewApi(loadBalanced([a, b]));
    await endpoints.deleteMember("Production", 2);
    await page.getByRole("link", { name: "Lifecycle" }).click();
    await endpoints.dialog("Leave without saving?").getByRole("button", { name: "Stay" }).click();
    await endpoints.form.getByRole("button", { name: "CANCEL" }).click();
    await endpoints.dialog("Leave without saving?").getByRole("button", { name: "Stay" }).click();
    await expectMembers([a]);
    await endpoints.form.getByRole("button", { name: "Reset" }).click();
    await expectMembers([a, b]);
    await endpoints.form.getByRole("button", { name: "CANCEL" }).click();
    await page.waitForURL("**/overview");
  });
});

describe("Check endpoint status", () => {
  it("tells what a backend answers, and that nothing answers, without standing in the way of SAVE", async () => {
    const id = await openNewApi({ endpoint_type: "http", production_endpoints: { url: backend.url } });
    await endpoints.form.getByRole("button", { name: "Check endpoint status" }).click();
    await endpoints.form.getByText(/^200 OK · \d+ ms/).waitFor();
    await endpoints.primaryUrl("Production").fill("http://127.0.0.1:1/");
    await endpoints.form.getByRole("button", { name: "Check endpoint status" }).click();
    await endpoints.form.getByText(/· \d+ ms$/).waitFor();
    await saveAndReload(id);
    expect(await endpoints.primaryUrl("Production").inputValue()).toBe("http://127.0.0.1:1/");
  });
});
