import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Issuer, type IssuerKey, makeKey, signToken, startIssuer } from "../lib/jwt/testing/issuer.ts";
import { signIn } from "./pages/visitor-pages.ts";
import { type Backend, startBackend } from "./support/backend.ts";
import { launchBrowser, newVisitor, seriousAxeFindings } from "./support/browser.ts";
import { loadBalanced, type PublishedApi, publishApi } from "./support/publish.ts";
import { type Stack, startStack } from "./support/stack.ts";

let stack: Stack;
let browser: Browser;
let page: Page;
let api: PublishedApi;
let backend: Backend;
/** A page of another origin, and where it is. */
let site: Server;
let origin: string;
let issuer: Issuer;
let key: IssuerKey;

beforeAll(async () => {
  site = createServer((_request, response) =>
    response.setHeader("Content-Type", "text/html").end("<title>Shop</title>"),
  );
  site.listen(0, "127.0.0.1");
  await once(site, "listening");
  const address = site.address();
  origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  key = await makeKey("first");
  issuer = await startIssuer(key.publicKey);
  [stack, browser, backend] = await Promise.all([startStack(), launchBrowser(), startBackend("A")]);
  api = await publishApi(stack, "Shared", loadBalanced([backend.url]));
  ({ page } = await newVisitor(browser, stack.publisherUrl));
  await signIn(page, stack.admin);
});
afterAll(async () => {
  await browser?.close();
  site?.close();
  await Promise.all([stack?.stop(), backend?.stop(), issuer?.stop()]);
});

/** What a script of the other origin gets: the status, or the browser's refusal. */
async function fetched(method: string, apikey: string | undefined): Promise<string> {
  const visitor = await browser.newPage();
  try {
    await visitor.goto(origin);
    return await visitor.evaluate(
      async ([url, verb, key]) => {
        try {
          const headers: Record<string, string> = key === undefined ? {} : { apikey: key };
          return String((await fetch(url ?? "", { method: verb ?? "GET", headers })).status);
        } catch {
          return "refused";
        }
      },
      [api.url, method, apikey],
    );
  } finally {
    await visitor.close();
  }
}

const saved = async () => JSON.stringify((await stack.rest("GET", `/apis/${api.id}`)).body);

describe("a page of another origin", () => {
  it("gets nothing while CORS is off", async () => {
    expect(await fetched("PUT", api.production.apikey)).toBe("refused");
  });

  it("is let in by the Runtime page, whose tester says so before", async () => {
    await page.goto(`/apis/${api.id}/runtime`, { waitUntil: "networkidle" });
    await page.getByRole("switch", { name: "Gateways answer browsers of other origins" }).check();
    await page.getByRole("combobox", { name: "Allowed origins" }).fill("https://a.example/path");
    await page.getByRole("combobox", { name: "Allowed origins" }).press("Enter");
    await page.getByRole("button", { name: "Test CORS" }).click();
    await page.getByText("Correct the settings above first.").waitFor();
    await page.getByRole("combobox", { name: "Allowed origins" }).press("Backspace");
    await page.getByRole("combobox", { name: "Allowed origins" }).press("Backspace");
    await page.getByRole("combobox", { name: "Allowed origins" }).fill(origin);
    await page.getByRole("combobox", { name: "Allowed origins" }).press("Enter");
    const tester = page.getByRole("group", { name: "Test CORS" });
    await tester.getByLabel("Origin of the page").fill("https://evil.example");
    await tester.getByText("The origin https://evil.example is not among the allowed ones.").waitFor();
    await tester.getByLabel("Origin of the page").fill(origin);
    await tester.getByText("The browser lets the page read the answer.").waitFor();
    const answers = page.getByRole("group", { name: "Answers to clients" });
    await answers.getByRole("button", { name: "Add a rule for answers to clients" }).click();
    await answers.getByLabel("Header").fill("Content-Length");
    await answers.getByLabel("Value").fill("1");
    await page.getByRole("button", { name: "SAVE", exact: true }).click();
    await answers.getByText(/delimits messages/).waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
    await answers.getByLabel("Header").fill("X-Served-By");
    await page.getByRole("button", { name: "SAVE", exact: true }).click();
    await expect.poll(saved, { timeout: 10_000 }).toContain(origin);
    await expect.poll(() => fetched("PUT", api.production.apikey), { timeout: 10_000 }).toBe("200");
    expect(await fetched("GET", "flk_wrong")).toBe("401");
    expect((await fetch(api.url, { headers: api.production })).headers.get("x-served-by")).toBe("1");
  });

  it.each([
    ["light", 1440],
    ["dark", 390],
  ] as const)("is set up on a page without a finding in %s at %i pixels", async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`/apis/${api.id}/runtime`, { waitUntil: "networkidle" });
    await page.getByRole("button", { name: "Test CORS" }).click();
    expect(await seriousAxeFindings(page)).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
});

describe("the bearer of a token", () => {
  const statusOf = async (headers: Record<string, string>) => (await fetch(api.url, { headers })).status;

  it("is let in by the Runtime page, which says beforehand what it makes of keys and tokens", async () => {
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`/apis/${api.id}/runtime`, { waitUntil: "networkidle" });
    await page.getByRole("switch", { name: "API-key security" }).uncheck();
    await page.getByRole("switch", { name: "JWT security" }).check();
    const rules = page.getByRole("group", { name: "JWT security" });
    await page.getByRole("button", { name: "SAVE", exact: true }).click();
    await rules.getByText("The issuer cannot be empty.").waitFor();
    await rules.getByText(/Name at least one audience/).waitFor();
    await rules.getByLabel("Issuer").fill(issuer.settings.issuer);
    await rules.getByRole("combobox", { name: "Audiences" }).fill("shop");
    await rules.getByRole("combobox", { name: "Audiences" }).press("Enter");
    await rules.getByLabel("JWKS URL").fill("http://169.254.169.254/keys");
    await rules.getByRole("button", { name: "Check keys" }).click();
    await rules.getByText(/Link-local addresses are not asked/).waitFor();
    await rules.getByLabel("JWKS URL").fill(issuer.settings.jwksUrl);
    await rules.getByRole("button", { name: "Check keys" }).click();
    await rules.getByText("EC P-256, first").waitFor();
    await rules.getByLabel("Claim that names the consumer").fill("sub");
    await rules.getByRole("button", { name: "Test a token" }).click();
    const token = await signToken(key);
    await rules.getByLabel("Token", { exact: true }).fill(`Bearer ${token}`);
    await rules.getByRole("button", { name: "Test", exact: true }).click();
    await rules.getByText(/Accepted: it leads to production, and the consumer is ann/).waitFor();
    await rules.getByLabel("Token", { exact: true }).fill(await signToken(key, { aud: "others" }));
    await rules.getByRole("button", { name: "Test", exact: true }).click();
    await rules.getByText("Refused: it was issued for others.").waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "SAVE", exact: true }).click();
    await expect.poll(() => statusOf({}), { timeout: 10_000 }).toBe(401);
    await expect.poll(() => statusOf({ Authorization: `Bearer ${token}` }), { timeout: 10_000 }).toBe(200);
    expect(await statusOf(api.production)).toBe(401);
  });

  it("is what a person may still try the API out without", async () => {
    await page.goto(`/apis/${api.id}/try-out`, { waitUntil: "networkidle" });
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByText("200 OK").waitFor();
    await page
      .getByRole("region", { name: "The request as code" })
      .getByText(/Bearer YOUR_TOKEN/)
      .waitFor();
  });

  it.each([
    ["light", 1440],
    ["dark", 390],
  ] as const)("is described on a page without a finding in %s at %i pixels", async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`/apis/${api.id}/runtime`, { waitUntil: "networkidle" });
    await page.getByRole("button", { name: "Test a token" }).click();
    await page.getByRole("button", { name: "Check keys" }).click();
    await page.getByText("EC P-256, first").waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
