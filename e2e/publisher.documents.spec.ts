import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signIn } from "./pages/visitor-pages.ts";
import { launchBrowser, newVisitor, seriousAxeFindings } from "./support/browser.ts";
import { type PublishedApi, publishApi } from "./support/publish.ts";
import { type Stack, startStack } from "./support/stack.ts";

let stack: Stack;
let browser: Browser;
let page: Page;
let api: PublishedApi;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
  api = await publishApi(stack, "Shop", { endpoint_type: "http", production_endpoints: { url: "http://127.0.0.1:9" } });
  ({ page } = await newVisitor(browser, stack.publisherUrl));
  await signIn(page, stack.admin);
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

const save = () => page.getByRole("button", { name: "SAVE", exact: true }).click();

/** Markdown that would run or fetch something, were any of it taken for markup. */
const hostile = `# Orders

<script>window.ran = 1</script>
<img src=x onerror="window.ran = 2">
<svg onload="window.ran = 3"><iframe srcdoc="<script>parent.ran = 4</script>"></iframe>

[click](javascript:window.ran=5) [tab](java&Tab;script:window.ran=6) <javascript:window.ran=7>
[safe](https://example.com/a) ![Map](https://pictures.example/map.png)

- [x] done

| a | b |
|---|---|
| 1 | 2 |
`;

describe("properties of an API", () => {
  it("say at the field what is wrong, are saved, and found by in the list of APIs", async () => {
    await page.goto(`/apis/${api.id}/properties`, { waitUntil: "networkidle" });
    await page.getByText("No properties yet").waitFor();
    await page.getByRole("button", { name: "Add property" }).click();
    await page.getByLabel("Name").fill("cost centre");
    await page.getByLabel("Value").fill("north 7");
    await save();
    await page.getByText("A name has no spaces.").waitFor();
    await page.getByLabel("Name").fill("cost-centre");
    expect(await seriousAxeFindings(page)).toEqual([]);
    await save();
    await page.getByText("Saved.").waitFor();
    await page.goto("/apis?query=cost-centre:north");
    await page.getByRole("link", { name: /Shop/ }).first().waitFor();
    await page.goto("/apis?query=cost-centre:south");
    await page.getByText(/No API matches/).waitFor();
  });
});

describe("documents of an API", () => {
  it("show beside the editor what they will look like, and run nothing that stands in them", async () => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).host));
    await page.goto(`/apis/${api.id}/documents/new`, { waitUntil: "networkidle" });
    await page.getByLabel("Name").fill("Getting started");
    await page.getByLabel("Content", { exact: true }).fill(hostile);
    const preview = page.getByRole("region", { name: "Preview" }).last();
    await preview.getByRole("heading", { name: "Orders" }).waitFor();
    await preview.getByRole("link", { name: "Picture: Map" }).waitFor();
    expect(await preview.locator("script, img, svg, iframe, [onload], [onerror]").count()).toBe(0);
    expect(
      await preview.getByRole("link").evaluateAll((links) => links.map((link) => link.getAttribute("href"))),
    ).toEqual(["https://example.com/a", "https://pictures.example/map.png"]);
    await preview.getByText("click", { exact: false }).first().click();
    expect(await page.evaluate(() => "ran" in window)).toBe(false);
    expect([...new Set(asked)]).toEqual([new URL(stack.publisherUrl).host]);
    expect(await seriousAxeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "CANCEL" }).click();
    await page.getByRole("button", { name: "Stay" }).click();
    await save();
    await page.getByRole("heading", { name: "Getting started" }).waitFor();
    await page.getByRole("checkbox", { name: "Done" }).waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
  });

  it("are not written over by who read an older one", async () => {
    const { page: other } = await newVisitor(browser, stack.publisherUrl);
    await signIn(other, stack.admin);
    await page.getByRole("link", { name: "Edit document" }).click();
    await page.getByLabel("Summary").waitFor();
    await other.goto(`${new URL(page.url()).pathname}`, { waitUntil: "networkidle" });
    await other.getByLabel("Summary").fill("Theirs");
    await other.getByRole("button", { name: "SAVE", exact: true }).click();
    await other.getByRole("heading", { name: "Getting started" }).waitFor();
    await page.getByLabel("Summary").fill("Mine");
    await save();
    await page.getByText("Somebody else saved this document").waitFor();
    await page.getByRole("button", { name: "Keep mine" }).click();
    await save();
    await page.getByText("Mine", { exact: true }).waitFor();
    await other.context().close();
  });

  it("are deleted after a question", async () => {
    await page.getByRole("button", { name: "Delete document" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete document" }).click();
    await page.getByText("No documents yet").waitFor();
  });
});
