import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signIn } from "./pages/visitor-pages.ts";
import { launchBrowser, newVisitor, seriousAxeFindings } from "./support/browser.ts";
import { callBackend } from "./support/gateway-calls.ts";
import { type PublishedApi, publishApi } from "./support/publish.ts";
import { type Stack, startStack } from "./support/stack.ts";

let stack: Stack;
let browser: Browser;
let page: Page;
let api: PublishedApi;
/** Gives tokens to who knows the secret, and takes requests of who has the last one. */
let backend: Server;
let url: string;
let tokens = 0;

beforeAll(async () => {
  backend = createServer((request, response) => {
    const { authorization } = request.headers;
    if (request.url === "/token") {
      if (authorization !== `Basic ${Buffer.from("gateway:open+sesame").toString("base64")}`) {
        response.writeHead(401).end('{"error":"invalid_client"}');
        return;
      }
      tokens += 1;
      response.end(JSON.stringify({ access_token: `token-${tokens}`, expires_in: 3600 }));
      return;
    }
    const isBearer = authorization?.startsWith("Bearer token-") === true;
    response.writeHead(isBearer ? 200 : 401, { "Content-Type": "application/json" });
    response.end(JSON.stringify(isBearer ? { backend: "protected" } : { code: "who are you" }));
  });
  backend.listen(0, "127.0.0.1");
  await once(backend, "listening");
  const address = backend.address();
  if (address === null || typeof address === "string") throw new Error("a TCP address was expected");
  url = `http://127.0.0.1:${address.port}`;
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
  api = await publishApi(stack, "Protected", { endpoint_type: "http", production_endpoints: { url } });
  ({ page } = await newVisitor(browser, stack.publisherUrl));
  await signIn(page, stack.admin);
});
afterAll(async () => {
  await browser?.close();
  backend?.closeAllConnections();
  backend?.close();
  await stack?.stop();
});

const security = () => page.getByRole("group", { name: "Production endpoint security" });

async function openSecurity(): Promise<void> {
  await page.goto(`/apis/${api.id}/endpoints`);
  await page.getByText(/from 1 of 1 gateway/).waitFor();
  const heading = page.getByRole("button", { name: /^General Endpoint Configurations/ });
  if ((await heading.getAttribute("aria-expanded")) !== "true") await heading.click();
}

describe("a backend that OAuth protects", () => {
  it("refuses calls that show it nothing", async () => {
    expect(await callBackend(api.url, api.production)).toBe("401 who are you");
  });

  it("is served once the page says how tokens are had; what is missing is said at the field", async () => {
    await openSecurity();
    await security().getByRole("combobox", { name: "Production endpoint security" }).click();
    await page.getByRole("option", { name: "OAuth 2.0" }).click();
    await security().getByLabel("Token URL").fill(`${url}/token`);
    await page.getByRole("button", { name: "SAVE", exact: true }).click();
    await security().getByText("Enter the client ID.").waitFor();
    await security().getByLabel("Client ID").fill("gateway");
    await page.getByRole("button", { name: "SAVE", exact: true }).click();
    await security().getByText("Enter the client secret.").waitFor();
    await security().getByLabel("Client secret").fill("open sesame");
    await security().getByLabel("Custom parameters").fill("audience=orders");
    expect(await seriousAxeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "SAVE", exact: true }).click();
    await expect.poll(() => callBackend(api.url, api.production), { timeout: 15_000 }).toBe("protected");
  });

  it("stays so when something else is saved: the secret is kept, and never shown", async () => {
    await openSecurity();
    expect(await security().getByLabel("Client secret").inputValue()).toBe("");
    await security().getByText("Stored. Enter a new one to replace it.").waitFor();
    await security().getByLabel("Scopes").fill("read");
    await page.getByRole("button", { name: "SAVE", exact: true }).click();
    await expect.poll(() => tokens, { timeout: 15_000 }).toBeGreaterThanOrEqual(1);
    const revision = async () => (await stack.rest("GET", `/apis/${api.id}`)).body;
    await expect.poll(async () => JSON.stringify(await revision()), { timeout: 10_000 }).toContain('"scopes":"read"');
    expect(JSON.stringify(await revision())).not.toContain("sesame");
    await expect.poll(() => callBackend(api.url, api.production), { timeout: 15_000 }).toBe("protected");
    expect(await page.content()).not.toContain("sesame");
  });

  it("is explained: what was shown to it is in the story of a request", async () => {
    const response = await fetch(api.url, { headers: api.production });
    const id = response.headers.get("x-request-id");
    await response.text();
    await page.goto(`/apis/${api.id}/requests?id=${id}`);
    await page.getByText(/Its endpoints are shown a token/).waitFor();
  });

  it.each([
    ["light", 1440],
    ["dark", 390],
  ] as const)("has no serious finding in %s at %i pixels, and does not scroll sideways", async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await openSecurity();
    await security().getByLabel("Token URL").waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
