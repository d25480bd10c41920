import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EndpointsPage } from "./pages/endpoints-page.ts";
import { signIn } from "./pages/visitor-pages.ts";
import { type Backend, startBackend } from "./support/backend.ts";
import { launchBrowser, newVisitor, seriousAxeFindings } from "./support/browser.ts";
import { callBackend, callBackends } from "./support/gateway-calls.ts";
import { type PublishedApi, publishApi } from "./support/publish.ts";
import { type Stack, startStack } from "./support/stack.ts";
import { waitFor } from "./support/wait-for.ts";

let stack: Stack;
let browser: Browser;
let page: Page;
let endpoints: EndpointsPage;
let api: PublishedApi;
let a: Backend;
let gone: Backend;

beforeAll(async () => {
  [stack, browser, a, gone] = await Promise.all([
    startStack(),
    launchBrowser(),
    startBackend("A"),
    startBackend("Gone"),
  ]);
  await gone.stop();
  const production = { url: a.url, config: { suspendDuration: "0" } };
  api = await publishApi(stack, "Guarded", { endpoint_type: "http", production_endpoints: production });
  ({ page } = await newVisitor(browser, stack.publisherUrl));
  await signIn(page, stack.admin);
  endpoints = new EndpointsPage(page);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([stack?.stop(), a?.stop()]);
});

/** What is typed into a date-and-time field, so many minutes from now in the browser's time zone. */
function timeText(page: Page, minutesAhead: number): Promise<string> {
  return page.evaluate((minutes) => {
    const at = new Date(Date.now() + minutes * 60_000);
    return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
  }, minutesAhead);
}

const call = () => callBackend(`${api.url}/menu`, api.production);

/** Calls the API until something is the case, as its consumers would go on doing. */
async function callUntil(isReached: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < 400 && !(await isReached()); round += 1) {
    await call();
    await sleep(50);
  }
}

describe("a broken change of a guarded API", () => {
  const banner = () => page.getByLabel("Guarded publish").filter({ hasText: /Revision \d+/ });

  it("is guarded once somebody says so, with limits that are checked at their fields", async () => {
    await page.goto(`/apis/${api.id}/publishing`);
    const form = page.getByRole("form", { name: "Guarded publish" });
    await form.getByRole("switch", { name: "Guard every publish" }).check();
    await form.getByLabel("Watch time (minutes)").fill("90");
    await form.getByRole("button", { name: "SAVE" }).click();
    await form.getByText("The watch time is at most 60.").waitFor();
    await form.getByLabel("Watch time (minutes)").fill("1");
    await form.getByLabel("Requests needed").fill("15");
    await form.getByRole("button", { name: "SAVE" }).click();
    await page.getByText("The next change is watched.").waitFor();
  });

  it("is taken back by itself while consumers go on calling", async () => {
    // The gateway has to hear that it is asked to count.
    await sleep(1_000);
    expect(new Set(await callBackends(`${api.url}/menu`, 60, api.production))).toEqual(new Set(["A"]));

    await endpoints.goto(api.id);
    await endpoints.primaryUrl("Production").fill(gone.url);
    await endpoints.form.getByLabel("Comment").fill("Move to the new backend");
    await endpoints.saveAndWaitUntilLive();
    expect(await call()).toBe("502 101503");
    // One failure is too few to judge by: it is watched until consumers have called often enough.
    await banner().getByText("is being watched").waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);

    await callUntil(async () => (await banner().getByText("was taken back").count()) > 0);
    await banner()
      .getByText(/of \d+ requests failed \(0 % before\); the limit is 5 percentage points more/)
      .waitFor();
    expect(await call()).toBe("A");
    await waitFor("the form to show what is live", async () =>
      (await endpoints.primaryUrl("Production").inputValue()) === a.url ? true : undefined,
    );
    expect(await seriousAxeFindings(page)).toEqual([]);
  });

  it("tells why on every page of the API, in its history and in the audit log", async () => {
    await page.goto(`/apis/${api.id}/overview`);
    await banner().getByText("was taken back").waitFor();
    await banner().getByRole("link", { name: "What it changes" }).click();
    await page.waitForURL(/\/history\?from=/);

    const [newest, change] = await page
      .getByRole("list", { name: "Revisions, newest first" })
      .getByRole("listitem", { name: /^Revision/ })
      .all();
    await newest?.getByText(/Guarded restore of \d+ by Guarded publish/).waitFor();
    await newest?.getByText(/requests failed/).waitFor();
    await change?.getByText("“Move to the new backend”").waitFor();
    await change?.getByText(`Production endpoint ${a.url} → ${gone.url}`).waitFor();
    // The title of a page that was walked to comes with its last part.
    await waitFor("the title", async () => ((await page.title()).startsWith("History") ? true : undefined));
    expect(await seriousAxeFindings(page)).toEqual([]);

    await page.goto("/admin/audit");
    await page
      .getByText(/Guarded publish restored the earlier revision of Guarded 1.0.0/)
      .first()
      .waitFor();
  });

  it("comes back when somebody knows better, and stays although it fails", async () => {
    await page.goto(`/apis/${api.id}/overview`);
    await banner().getByRole("button", { name: "Keep the new one anyway" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Keep the new one anyway" }).click();
    await page.getByText(/Revision \d+ is kept/).waitFor();
    await banner().waitFor({ state: "detached" });
    await callUntil(async () => (await call()) !== "A");
    expect((await callBackends(`${api.url}/menu`, 20, api.production)).at(-1)).toBe("502 101503");
  });

  it("can be undone from the history, after a question that says what changes", async () => {
    await page.goto(`/apis/${api.id}/history`);
    const entries = page
      .getByRole("list", { name: "Revisions, newest first" })
      .getByRole("listitem", { name: /^Revision/ });
    await entries
      .nth(1)
      .getByRole("button", { name: /^Restore revision/ })
      .click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(`Production endpoint ${gone.url} → ${a.url}`).waitFor();
    await dialog.getByLabel("Comment").fill("The new backend is not there");
    await dialog.getByRole("button", { name: "Restore" }).click();
    await page.getByText(/is restored, as revision/).waitFor();
    await entries.first().getByText("“The new backend is not there”").waitFor();
    await callUntil(async () => (await call()) === "A");
    expect(await call()).toBe("A");
  });
});

describe("a change for later", () => {
  const schedules = () => page.getByRole("list", { name: "Scheduled publishes" }).getByRole("listitem");

  async function schedule(description: string, time: string): Promise<void> {
    await page.goto(`/apis/${api.id}/design`);
    await page.getByLabel("Description").fill(description);
    await page.getByRole("button", { name: "Publish later" }).click();
    await page.getByRole("menuitem", { name: "Save as scheduled…" }).click();
    await page.getByRole("dialog").getByLabel("Publish at").fill(time);
    await page.getByRole("dialog").getByLabel("Comment").fill(`Because of ${description}`);
    await page.getByRole("dialog").getByRole("button", { name: "Schedule" }).click();
  }

  it("is refused while its time is over, at its field", async () => {
    await schedule("Yesterday", await timeText(page, -1_440));
    await page
      .getByRole("dialog")
      .getByText(/^This time is over: it is/)
      .waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
    await page.getByRole("button", { name: "CANCEL" }).click();
  });

  it("waits, can be moved, and is live when its time comes", async () => {
    await schedule("Fresh dough", await timeText(page, 90));
    await page.getByText(/^Scheduled for .* It is listed under Publishing\.$/).waitFor();
    expect(await page.getByLabel("Description").inputValue()).toBe("");

    await page.goto(`/apis/${api.id}/publishing`);
    await schedules().getByText("Description empty → Fresh dough").waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
    await schedules().getByRole("button", { name: "Change time…" }).click();
    await page
      .getByRole("dialog")
      .getByLabel("Publish at")
      .fill(await timeText(page, 0.1));
    await page.getByRole("dialog").getByRole("button", { name: "Change time" }).click();
    await page.getByText("The change has a new time.").waitFor();
    const description = await waitFor(
      "the change to be live",
      async () => {
        const { body } = await stack.rest("GET", `/apis/${api.id}`);
        return body.description === "" ? undefined : body.description;
      },
      30_000,
    );
    expect(description).toBe("Fresh dough");
    await page.goto(`/apis/${api.id}/history`);
    await page
      .getByText(/^Scheduled publish by /)
      .first()
      .waitFor();
  });

  it("can be cancelled, and then changes nothing", async () => {
    await schedule("Never", await timeText(page, 90));
    await page.getByText(/^Scheduled for /).waitFor();
    await page.goto(`/apis/${api.id}/publishing`);
    await schedules().first().getByRole("button", { name: "Cancel it…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel the change" }).click();
    await page.getByText("The change is cancelled.").waitFor();
    await schedules()
      .getByText(/^Cancelled by/)
      .waitFor();
  });
});
