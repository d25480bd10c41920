import { once } from "node:events";
import { connect } from "node:net";
import type { Browser, Locator, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EndpointsPage } from "./pages/endpoints-page.ts";
import { signIn } from "./pages/visitor-pages.ts";
import { type Backend, startBackend } from "./support/backend.ts";
import { launchBrowser, newVisitor, seriousAxeFindings } from "./support/browser.ts";
import { callBackend, callBackends } from "./support/gateway-calls.ts";
import { loadBalanced, type PublishedApi, publishApi } from "./support/publish.ts";
import { type Stack, startStack } from "./support/stack.ts";
import { waitFor } from "./support/wait-for.ts";

/** Long enough to be seen counting, short enough to be waited for, ms. */
const suspensionMs = 6_000;

let stack: Stack;
let browser: Browser;
let page: Page;
let endpoints: EndpointsPage;
let api: PublishedApi;
let [a, b, c]: (Backend | undefined)[] = [];

beforeAll(async () => {
  [stack, browser, a, b, c] = await Promise.all([
    startStack(),
    launchBrowser(),
    startBackend("A"),
    startBackend("B"),
    startBackend("C"),
  ]);
  const config = { suspendDuration: String(suspensionMs), suspendMaxDuration: String(suspensionMs) };
  const members = [a, b, c].map((backend) => ({ url: backend?.url, config }));
  api = await publishApi(stack, "Watched", loadBalanced([], { production_endpoints: members }));
  ({ page } = await newVisitor(browser, stack.publisherUrl));
  await signIn(page, stack.admin);
  endpoints = new EndpointsPage(page);
  await openEndpoints();
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
  await Promise.all([a, b, c].map((backend) => backend?.stop()));
});

async function openEndpoints(): Promise<void> {
  await endpoints.goto(api.id);
  await endpoints.expandGroupConfigurations();
}

/** How the page says that a production endpoint is. */
function state(position: number): Locator {
  return page.getByRole("group", { name: `How production endpoint ${position} is` });
}

async function turn(position: number, choice: "Switch on" | "Switch off" | "Drain"): Promise<void> {
  await page.getByRole("button", { name: `Switch production endpoint ${position}` }).click();
  await page.getByRole("menuitem", { name: choice }).click();
}

const called = (count: number) => callBackends(api.url, count, api.production);
const names = async (count: number) => [...new Set(await called(count))].toSorted().join("");

describe("endpoints on the page", () => {
  it("are told live: state, calls and share", async () => {
    await page.getByText("from 1 of 1 gateway.").waitFor();
    for (const position of [1, 2, 3]) await state(position).getByText("Ready").waitFor();
    await called(9);
    for (const position of [1, 2, 3]) await state(position).getByText("3 calls (33 %)").waitFor();
  });

  it("turn suspended with a countdown when the backend dies, and ready again when it is back", async () => {
    await a?.stop();
    expect(await names(6)).toBe("BC");
    await state(1).getByText("Suspended").waitFor();
    await state(1)
      .getByText(/, 1 failed/)
      .waitFor();
    await state(1).getByText("Last error: 101503 Connection failed").waitFor();
    const countdown = state(1).getByText(/^next try in \d s$/);
    const first = await countdown.textContent();
    await waitFor("the countdown to go on", async () => ((await countdown.textContent()) === first ? undefined : true));
    await state(2).getByText("Ready").waitFor();
    expect(await page.locator("[aria-live=polite]").allTextContents()).toContain(`${a?.url}: Suspended.`);
    await a?.start();
    await state(1).getByText("tried with the next call").waitFor();
    expect(await names(6)).toBe("ABC");
    await state(1).getByText("Ready").waitFor();
  });

  it("end a suspension when they are switched on", async () => {
    await a?.stop();
    await called(3);
    await state(1).getByText("Suspended").waitFor();
    await a?.start();
    await turn(1, "Switch on");
    await state(1).getByText("Ready").waitFor();
    await waitFor("A to answer", async () => ((await names(3)).includes("A") ? true : undefined), 2_000);
  });

  it("are switched off and on for good: a restarted gateway keeps to it, and the form stays as it is", async () => {
    await endpoints.memberUrl("Production", 3).fill(`${c?.url}typed`);
    await turn(2, "Switch off");
    await state(2).getByText("Off").waitFor();
    await state(2).getByText("by Administrator").waitFor();
    await waitFor("B to be left out", async () => ((await names(6)) === "AC" ? true : undefined));
    await stack.restartGateway();
    await waitFor("the gateway to serve", async () =>
      (await callBackend(api.url, api.production)).length === 1 ? true : undefined,
    );
    expect(await names(9)).toBe("AC");
    await state(2).getByText("Off").waitFor();
    expect(await endpoints.memberUrl("Production", 3).inputValue()).toBe(`${c?.url}typed`);
    await turn(2, "Switch on");
    await state(2).getByText("Ready").waitFor();
    await waitFor("B to be back", async () => ((await names(6)) === "ABC" ? true : undefined));
  });

  it("drain, and undo", async () => {
    await turn(3, "Drain");
    await state(3).getByText("Draining").waitFor();
    await waitFor("C to get nothing new", async () => ((await names(6)) === "AB" ? true : undefined));
    await page.getByRole("button", { name: "Undo" }).click();
    await state(3).getByText("Ready").waitFor();
    await waitFor("C to be back", async () => ((await names(6)) === "ABC" ? true : undefined));
  });

  it("are not taken out to the last one without a question", async () => {
    await turn(1, "Switch off");
    await state(1).getByText("Off").waitFor();
    await turn(2, "Switch off");
    await state(2).getByText("by Administrator").waitFor();
    await turn(3, "Switch off");
    const question = page.getByRole("dialog", { name: "Switch production endpoint 3 off?" });
    await question.getByText("No other member is ready: calls will get 503").waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
    await question.getByRole("button", { name: "Cancel" }).click();
    expect(await names(3)).toBe("C");
    await turn(3, "Switch off");
    await question.getByRole("button", { name: "Switch off" }).click();
    await waitFor("503", async () =>
      (await callBackend(api.url, api.production)) === "503 303000" ? true : undefined,
    );
    for (const position of [1, 2, 3]) await turn(position, "Switch on");
    await waitFor("all to be back", async () => ((await names(6)) === "ABC" ? true : undefined));
  });

  it("say who switched them in the audit log, the admin port too", async () => {
    const status: unknown = await (await fetch(`${stack.gatewayAdminUrl}/status?apiId=${api.id}`)).json();
    const [, id] = /"endpoints":\[\{"id":"([^"]+)"/.exec(JSON.stringify(status)) ?? [];
    const headers = { Authorization: `Bearer ${stack.adminToken}` };
    const address = `${stack.gatewayAdminUrl}/apis/${api.id}/endpoints/${id}`;
    const answer: unknown = await (await fetch(`${address}/drain`, { method: "POST", headers })).json();
    expect(answer).toMatchObject({ id, draining: true, stored: true });
    await state(1).getByText("by gateway admin port").waitFor();
    await fetch(`${address}/switch-on`, { method: "POST", headers });
    await state(1).getByText("Ready").waitFor();
    const visitor = await page.context().newPage();
    await visitor.goto("/admin/audit");
    await visitor.getByText("set an endpoint to drain, of").first().waitFor();
    await visitor.getByText("switched off an endpoint of").first().waitFor();
    await visitor.close();
  });

  it("are on the overview as well, and say when no gateway is there", async () => {
    await page.goto(`/apis/${api.id}/overview`);
    await state(2).getByText("Ready").waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
    const draft = await stack.rest("POST", "/apis", { name: "Draft", context: "/draft", version: "1" });
    await page.goto(`/apis/${draft.body.id}/endpoints`);
    await page.getByText("Gateways do not serve this API while it is not published.").waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
  });
});

describe("endpoints at several gateways", () => {
  it("are told together, with what differs, and switched at all of them", async () => {
    const another = await stack.addGateway();
    const there = api.url.replace(stack.gatewayUrl, another.gatewayUrl);
    await openEndpoints();
    await page.getByText("from 2 of 2 gateways.").waitFor();
    await b?.stop();
    await callBackends(there, 3, api.production);
    await state(2).getByText("Suspended").waitFor();
    await state(2).getByText("at 1 of 2 gateways").waitFor();
    await page.getByRole("button", { name: "How production endpoint 2 is at each of 2 gateways" }).click();
    const breakdown = page.getByRole("dialog", { name: "How production endpoint 2 is at each gateway" });
    await breakdown.getByRole("row", { name: /Suspended for \d s .*101503 Connection failed/ }).waitFor();
    await breakdown.getByRole("row", { name: /Ready/ }).waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await b?.start();
    await turn(2, "Switch off");
    await state(2).getByText("by Administrator").waitFor();
    await waitFor("both gateways to leave B out", async () => {
      const both = [...(await called(6)), ...(await callBackends(there, 6, api.production))];
      return both.includes("B") ? undefined : true;
    });
    await turn(2, "Switch on");
    await state(2).getByText("Ready").waitFor();
    await waitFor("B to be back at the other gateway", async () =>
      (await callBackends(there, 3, api.production)).includes("B") ? true : undefined,
    );
  });
});

describe("a page that is open", () => {
  it("does not keep the publisher from stopping, and goes on when that is back", async () => {
    await page.goto(`/apis/${api.id}/overview`);
    await state(1).getByText("Ready").waitFor();
    // As a browser opens one in advance.
    const { hostname, port } = new URL(stack.publisherUrl);
    const unused = connect(Number(port), hostname);
    await once(unused, "connect");
    const restarted = stack.restartPublisher();
    await page.getByText("The connection to the publisher broke. Trying again…").waitFor();
    await restarted;
    unused.destroy();
    await page.getByText(/from \d of \d gateways?\./).waitFor();
  });

  it("says so when its session has ended", async () => {
    const { context, page: visitor } = await newVisitor(browser, stack.publisherUrl);
    await signIn(visitor, stack.admin);
    await visitor.goto(`/apis/${api.id}/overview`);
    await visitor.getByText(/from \d of \d gateways?\./).waitFor();
    await page.goto("/account");
    await page.getByRole("button", { name: "Sign out everywhere else" }).click();
    await visitor.getByText("Your session has ended.").waitFor({ timeout: 30_000 });
    await context.close();
  });
});

describe.each([
  ["light", 1440],
  ["dark", 390],
] as const)("the page in %s at %i pixels", (colorScheme, width) => {
  it("has no serious finding and does not scroll sideways while endpoints fail", async () => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await openEndpoints();
    await b?.stop();
    await called(3);
    await turn(1, "Drain");
    await state(1).getByText("by Administrator").waitFor();
    await state(2).getByText("Last error: 101503").waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await b?.start();
    await turn(1, "Switch on");
  });
});
