import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mostScriptBytes, weighScripts } from "../scripts/page-scripts.ts";
import { signIn } from "./pages/visitor-pages.ts";
import { launchBrowser, newVisitor, seriousAxeFindings } from "./support/browser.ts";
import { failover, loadBalanced, type PublishedApi, publishApi, tiered } from "./support/publish.ts";
import { screenPath, screens } from "./support/screens.ts";
import { type Stack, startStack } from "./support/stack.ts";

let stack: Stack;
let browser: Browser;
let page: Page;
let balanced: PublishedApi;
let failing: PublishedApi;
let layered: PublishedApi;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
  balanced = await publishApi(stack, "Balanced", loadBalanced(["http://127.0.0.1:9/a", "http://127.0.0.1:9/b"]));
  failing = await publishApi(stack, "Failing", failover(["http://127.0.0.1:9/a", "http://127.0.0.1:9/b"]));
  layered = await publishApi(stack, "Layered", tiered([["http://127.0.0.1:9/a"], ["http://127.0.0.1:9/b"]]));
  ({ page } = await newVisitor(browser, stack.publisherUrl));
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

describe.each([
  ["light", 1440],
  ["dark", 390],
] as const)("in %s at %i pixels", (colorScheme, width) => {
  it("the sign-in page has no serious finding", async () => {
    const { context, page: visitor } = await newVisitor(browser, stack.publisherUrl);
    await visitor.emulateMedia({ colorScheme });
    await visitor.goto("/sign-in");
    expect(await seriousAxeFindings(visitor)).toEqual([]);
    await context.close();
  });

  it("somebody signs in", async () => {
    await page.context().clearCookies();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 900 });
    await signIn(page, stack.admin);
  });

  it.each(screens)("%s has no serious finding and does not scroll sideways", async (screen) => {
    await page.goto(screenPath(screen, { BALANCED: balanced, FAILING: failing, LAYERED: layered }));
    await page.getByRole("main").waitFor();
    await page.waitForLoadState("networkidle");
    expect(await seriousAxeFindings(page)).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
});

describe("what a screen loads at first", () => {
  it.each(screens)("%s is less than 200 KB of script beside the framework's", async (screen) => {
    const path = screenPath(screen, { BALANCED: balanced, FAILING: failing, LAYERED: layered });
    const html = await (await page.request.get(path)).text();
    const { ownBytes, allBytes } = await weighScripts(stack.publisherUrl, html);
    expect(allBytes).toBeGreaterThan(0);
    expect(ownBytes).toBeLessThan(mostScriptBytes);
  });
});
