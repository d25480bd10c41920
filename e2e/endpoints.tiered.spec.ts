import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EndpointsPage } from "./pages/endpoints-page.ts";
import { signIn } from "./pages/visitor-pages.ts";
import { type Backend, startBackend } from "./support/backend.ts";
import { launchBrowser, newVisitor, seriousAxeFindings } from "./support/browser.ts";
import { callBackends } from "./support/gateway-calls.ts";
import { loadBalanced, type PublishedApi, publishApi, tiered } from "./support/publish.ts";
import { isRecord } from "./support/rest.ts";
import { type Stack, startStack } from "./support/stack.ts";
import { waitFor } from "./support/wait-for.ts";

let stack: Stack;
let browser: Browser;
let page: Page;
let endpoints: EndpointsPage;
let count = 0;

const [a, b, c] = ["http://127.0.0.1:9/a", "http://127.0.0.1:9/b", "http://127.0.0.1:9/c"] as const;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
  ({ page } = await newVisitor(browser, stack.publisherUrl));
  await signIn(page, stack.admin);
  endpoints = new EndpointsPage(page);
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

async function open(endpointConfig: Record<string, unknown>): Promise<PublishedApi> {
  count += 1;
  const api = await publishApi(stack, `Tiered${count}`, endpointConfig);
  await endpoints.goto(api.id);
  return api;
}

async function storedConfig({ id }: PublishedApi): Promise<Record<string, unknown>> {
  const { endpointConfig } = (await stack.rest("GET", `/apis/${id}`)).body;
  if (!isRecord(endpointConfig)) throw new Error("No endpoint configuration is stored.");
  return endpointConfig;
}

const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));

/** Reads the pools until they are as expected, because the page follows keys a moment later. */
async function expectPools(pools: string): Promise<void> {
  let last = "";
  await waitFor(`pools ${pools}`, async () => {
    last = await endpoints.poolUrls("Production");
    return last === pools ? true : undefined;
  }).catch(() => undefined);
  expect(last).toBe(pools);
}

describe("pools", () => {
  it("are made from a load-balanced group in the browser, and serve: the primary pool, then the backup", async () => {
    const backends: Backend[] = await Promise.all(["A", "B", "C"].map((name) => startBackend(name)));
    const [first, second, third] = backends;
    if (!first || !second || !third) throw new Error("There are no backends.");
    const api = await open(loadBalanced([first.url, second.url]));
    await endpoints.chooseEndpointType("Tiered");
    await expectPools(`${first.url} ${second.url} | `);
    await endpoints.save();
    await endpoints.pool("Production", "Backup pool 1").getByText("A pool needs at least one endpoint").waitFor();
    await endpoints.addToPool("Production", "Backup pool 1", third.url);
    await endpoints.saveAndWaitUntilLive();
    expect(new Set(await callBackends(api.url, 6, api.production))).toEqual(new Set(["A", "B"]));
    await Promise.all([first.stop(), second.stop()]);
    const answers = await callBackends(api.url, 4, api.production);
    await third.stop();
    expect(answers).toEqual(["C", "C", "C", "C"]);
    await endpoints.goto(api.id);
    await expectPools(`${first.url} ${second.url} | ${third.url}`);
    await endpoints.form.getByText("Tiered Endpoints", { exact: true }).waitFor();
  });

  it("exchange endpoints by keyboard, the focus going with them", async () => {
    const api = await open(tiered([[a, b], [c]]));
    await endpoints.handle("Production", 2).focus();
    await page.keyboard.press("Alt+ArrowDown");
    await expectPools(`${a} | ${b} ${c}`);
    expect(await focused()).toBe("Move endpoint 2");
    await page.keyboard.press("Alt+ArrowDown");
    await expectPools(`${a} | ${c} ${b}`);
    expect(await focused()).toBe("Move endpoint 3");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Alt+ArrowUp");
    await expectPools(`${a} ${c} | ${b}`);
    await page.keyboard.press("Delete");
    await expectPools(`${a} | ${b}`);
    await page.getByRole("button", { name: "Undo" }).click();
    await expectPools(`${a} ${c} | ${b}`);
    await endpoints.saveAndWaitUntilLive();
    expect(await storedConfig(api)).toMatchObject({
      endpoint_type: "failover",
      production_endpoints: { url: a, tier: 1 },
      production_failovers: [
        { url: c, tier: 1 },
        { url: b, tier: 2 },
      ],
    });
  });

  it("exchange endpoints by dragging", async () => {
    await open(tiered([[a, b], [c]]));
    await endpoints.handle("Production", 1).hover(); // Scrolls it into view.
    const to = await endpoints.handle("Production", 1).boundingBox();
    const from = await endpoints.handle("Production", 3).boundingBox();
    if (!from || !to) throw new Error("The handles cannot be seen.");
    await page.mouse.move(from.x + 8, from.y + 8);
    await page.mouse.down();
    await page.mouse.move(from.x + 8, from.y - 8, { steps: 4 });
    await page.mouse.move(to.x + 8, to.y + 2, { steps: 10 });
    await page.mouse.up();
    await expectPools(`${c} ${a} ${b} | `);
  });

  it("are added, exchanged, and taken out with their endpoints until Undo", async () => {
    await open(tiered([[a, b], [c]]));
    await endpoints.form.getByRole("button", { name: "Add backup pool" }).click();
    await expectPools(`${a} ${b} | ${c} | `);
    await endpoints.form.getByRole("button", { name: "Move Backup pool 1 up" }).click();
    await expectPools(`${c} | ${a} ${b} | `);
    await endpoints.form.getByRole("button", { name: "Remove Backup pool 1" }).click();
    await page.getByText("Took out Backup pool 1 with its 2 endpoints.").waitFor();
    await expectPools(`${c} | `);
    await page.getByRole("button", { name: "Undo" }).click();
    await expectPools(`${c} | ${a} ${b} | `);
    await endpoints.form.getByRole("button", { name: "Remove Backup pool 2" }).click();
    await expectPools(`${c} | ${a} ${b}`);
    expect(await seriousAxeFindings(page)).toEqual([]);
  });

  it("are named before another Endpoint Type drops them, and come back until SAVE", async () => {
    await open(tiered([[a, b], [c]], { sessionManagement: "http" }));
    await endpoints.chooseEndpointType("Failover");
    const dialog = endpoints.dialog("Change Endpoint Type from Tiered to Failover?");
    await dialog.getByText("Production pools: Primary pool (2), Backup pool 1 (1)").waitFor();
    await dialog.getByText("Session Management: Transport").waitFor();
    await dialog.getByRole("button", { name: "Change to Failover" }).click();
    await page.getByRole("heading", { name: "Production Failover Endpoints" }).waitFor();
    await endpoints.chooseEndpointType("Tiered");
    await expectPools(`${a} ${b} | ${c}`);
  });
});

describe("weights", () => {
  it("set the shares that are shown and the calls that go to each", async () => {
    const [heavy, light] = await Promise.all([startBackend("H"), startBackend("L")]);
    const api = await open(loadBalanced([heavy.url, light.url]));
    expect(await endpoints.share("Production", 1).textContent()).toBe("50 % of calls");
    await endpoints.weight("Production", 1).fill("3");
    expect(await endpoints.share("Production", 1).textContent()).toBe("75 % of calls");
    expect(await endpoints.share("Production", 2).textContent()).toBe("25 % of calls");
    await endpoints.saveAndWaitUntilLive();
    const answers = await callBackends(api.url, 8, api.production);
    await Promise.all([heavy.stop(), light.stop()]);
    expect(answers.filter((name) => name === "H")).toHaveLength(6);
    await endpoints.form.getByText("WSO2 would ignore one of these settings").click();
    await endpoints.form.getByText("Weights: it gives every endpoint of a group the same share.").waitFor();
  });

  it("out of range are refused at their field", async () => {
    await open(loadBalanced([a, b]));
    await endpoints.weight("Production", 2).fill("101");
    await endpoints.save();
    await endpoints.member("Production", 2).getByText("Weight is at most 100.").waitFor();
    await waitFor("the cursor in the weight", async () => (await focused()) === "Weight" || undefined);
  });
});

describe("Failover and Health Configurations", () => {
  it("write into the page what it says in words, and SAVE stores it", async () => {
    const api = await open(loadBalanced([a, b]));
    const dialog = await endpoints.openFailoverAndHealth();
    await dialog.getByLabel("Retry non-idempotent requests").check();
    await dialog.getByText("may be carried out twice").waitFor();
    await dialog.getByRole("combobox", { name: "Fail over on HTTP statuses" }).fill("503, 529");
    await page.keyboard.press("Tab"); // Counts without Enter too.
    await dialog.getByText("529", { exact: true }).waitFor();
    await dialog.getByText("If the answer says Retry-After").waitFor();
    await dialog.getByLabel("Health checks").check();
    await dialog.getByLabel("Path").fill("health");
    await dialog.getByLabel("Interval (ms)").fill("5000");
    await dialog.getByLabel("Slow start (ms)").fill("30000");
    await dialog.getByRole("button", { name: "SAVE" }).click();
    await dialog.getByText("The path begins with / and has no spaces, for example /health.").waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
    await dialog.getByLabel("Path").fill("/health");
    await dialog.getByRole("button", { name: "SAVE" }).click();
    await dialog.waitFor({ state: "hidden" });
    await endpoints.form.getByText("GET /health every 5 seconds, up at 200 to 399").waitFor();
    await endpoints.form.getByText("503, 529 to GET and HEAD").waitFor();
    await endpoints.saveAndWaitUntilLive();
    expect(await storedConfig(api)).toMatchObject({
      retryNonIdempotent: true,
      failoverStatuses: { statuses: [503, 529], allMethods: false },
      healthCheck: { method: "GET", path: "/health", intervalMs: 5_000, timeoutMs: 2_000, rise: 2, fall: 3 },
      slowStartMs: 30_000,
    });
  });
});
