import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signIn } from "./pages/visitor-pages.ts";
import { type Backend, startBackend } from "./support/backend.ts";
import { launchBrowser, newVisitor, seriousAxeFindings } from "./support/browser.ts";
import { loadBalanced, type PublishedApi, publishApi } from "./support/publish.ts";
import { type Stack, startStack } from "./support/stack.ts";

let stack: Stack;
let browser: Browser;
let page: Page;
let api: PublishedApi;
let backends: Backend[];

beforeAll(async () => {
  backends = await Promise.all([startBackend("A"), startBackend("B"), startBackend("S")]);
  const [a, b, s] = backends.map(({ url }) => url);
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
  api = await publishApi(stack, "Tried", loadBalanced([a ?? "", b ?? ""], { sandbox_endpoints: [{ url: s ?? "" }] }));
  ({ page } = await newVisitor(browser, stack.publisherUrl));
  await signIn(page, stack.admin);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([stack?.stop(), ...(backends ?? []).map((backend) => backend.stop())]);
});

const answer = () => page.getByRole("region", { name: "Answer" });
const form = () => page.getByRole("form", { name: "Request" });
const openTryOut = async (query = "") => {
  await page.goto(`/apis/${api.id}/try-out${query}`, { waitUntil: "networkidle" });
};

describe("an API that is tried out", () => {
  it("answers on the page: status, times, endpoint, headers and body", async () => {
    await openTryOut("?path=/menu/{dish}");
    await form().getByRole("button", { name: "Send", exact: true }).click();
    await form().getByText("Enter a value for dish.").waitFor();
    await form().getByLabel("dish").fill("pizza & more");
    await form().getByRole("button", { name: "Send", exact: true }).click();
    await answer().getByText("200 OK").waitFor();
    await answer()
      .getByText(/^Endpoint .*, gateway and way /)
      .waitFor();
    await answer().getByRole("region", { name: "Body of the answer" }).getByText('"A"').waitFor();
    await answer().getByRole("rowheader", { name: "content-type" }).waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
    await answer().getByRole("link", { name: "Why it went where it went" }).click();
    await page
      .getByText(/try-out key/)
      .first()
      .waitFor();
  });

  it("is called in its sandbox, and from the requests before", async () => {
    await openTryOut();
    await page.getByRole("button", { name: "Sandbox" }).click();
    await form().getByRole("button", { name: "Send", exact: true }).click();
    await answer().getByText('"S"').waitFor();
    await page
      .getByRole("region", { name: "Sent before" })
      .getByRole("button", { name: /GET \/ — 200/ })
      .waitFor();
  });

  it("is not left: a path that climbs is refused at the field", async () => {
    await openTryOut();
    await form().getByLabel("Path").fill("/../other");
    await form().getByRole("button", { name: "Send", exact: true }).click();
    await form().getByText("A path does not climb up (..): it would leave the API.").waitFor();
  });

  it("shows who answers thirty requests, and asks before they do something thirty times", async () => {
    await openTryOut();
    await form().getByRole("button", { name: "Send 30" }).click();
    await answer().getByText("30 requests were answered").waitFor({ timeout: 20_000 });
    const rows = answer().getByRole("region", { name: "Who answered" }).getByRole("row");
    const counts = await rows.getByRole("cell").nth(0).textContent();
    expect(counts).toBe("15");
    await form().getByLabel("Method").click();
    await page.getByRole("option", { name: "POST" }).click();
    await form().getByRole("button", { name: "Send 30" }).click();
    await page.getByRole("dialog", { name: "Send POST 30 times?" }).getByRole("button", { name: "Cancel" }).click();
  });

  it("is copied as code", async () => {
    await openTryOut("?path=/menu");
    await page.getByRole("button", { name: "Python" }).click();
    await page.getByRole("region", { name: "The request as code" }).getByText("import requests").waitFor();
  });

  it.each([
    ["light", 1440],
    ["dark", 390],
  ] as const)("has no serious finding in %s at %i pixels, and does not scroll sideways", async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await openTryOut();
    await form().getByRole("button", { name: "Send 30" }).click();
    await answer().getByText("30 requests were answered").waitFor({ timeout: 20_000 });
    expect(await seriousAxeFindings(page)).toEqual([]);
    await form().getByRole("button", { name: "Send", exact: true }).click();
    await answer().getByText("200 OK").waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
