import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Certified, makeCertificate } from "../scripts/testing/make-certificate.ts";
import { signIn } from "./pages/visitor-pages.ts";
import { launchBrowser, newVisitor, seriousAxeFindings } from "./support/browser.ts";
import { callBackend } from "./support/gateway-calls.ts";
import { type PublishedApi, publishApi } from "./support/publish.ts";
import { type Stack, startStack } from "./support/stack.ts";

let stack: Stack;
let browser: Browser;
let page: Page;
let api: PublishedApi;
let backend: Server;
let host: string;
let authority: Certified;
let client: Certified;

beforeAll(async () => {
  authority = await makeCertificate({ name: "Private authority", isAuthority: true, days: 400 });
  client = await makeCertificate({ name: "Fairlead", issuer: authority, days: 20 });
  const own = await makeCertificate({ name: "localhost", issuer: authority });
  const options = { ...own, ca: authority.cert, requestCert: true, rejectUnauthorized: true };
  backend = createServer(options, (_request, response) => response.end(JSON.stringify({ backend: "mutual" })));
  backend.on("tlsClientError", () => undefined);
  backend.listen(0, "127.0.0.1");
  await once(backend, "listening");
  const address = backend.address();
  if (address === null || typeof address === "string") throw new Error("a TCP address was expected");
  host = `localhost:${address.port}`;
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
  const production = { url: `https://${host}/` };
  api = await publishApi(stack, "Mutual", { endpoint_type: "http", production_endpoints: production });
  ({ page } = await newVisitor(browser, stack.publisherUrl));
  await signIn(page, stack.admin);
});
afterAll(async () => {
  await browser?.close();
  backend?.closeAllConnections();
  backend?.close();
  await stack?.stop();
});

const section = () => page.getByRole("region", { name: /^Certificates/ });
const dialog = () => page.getByRole("dialog");

async function openEndpoints(): Promise<void> {
  await page.goto(`/apis/${api.id}/endpoints`);
  await page.getByText(/from 1 of 1 gateway/).waitFor();
}

async function openAdd(): Promise<void> {
  await openEndpoints();
  const heading = page.getByRole("button", { name: /^Certificates/ });
  if ((await heading.getAttribute("aria-expanded")) !== "true") await heading.click();
  await page.getByRole("button", { name: "Add certificate" }).click();
}

describe("a backend that wants mutual TLS", () => {
  it("is not believed as it is", async () => {
    expect(await callBackend(api.url, api.production)).toMatch(/^50[0-9] /);
  });

  it("is looked at and trusted on the page: what is wrong is said at the field", async () => {
    await openAdd();
    await dialog().getByLabel("Name").fill("private authority");
    await dialog().getByRole("button", { name: "Read from host" }).click();
    await dialog().getByText(`What ${host} shows now`).waitFor();
    await dialog()
      .getByText(/Compare the fingerprint/)
      .waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
    await dialog().getByRole("textbox", { name: "Certificate" }).fill("no certificate");
    await dialog().getByRole("button", { name: "Add", exact: true }).click();
    await dialog().getByText("This is no PEM text: it begins with -----BEGIN CERTIFICATE-----.").waitFor();
    await dialog().getByRole("textbox", { name: "Certificate" }).fill(authority.cert);
    await dialog().getByRole("button", { name: "Add", exact: true }).click();
    await section()
      .getByRole("row", { name: /private authority/ })
      .getByText(/Valid$/)
      .waitFor();
  });

  it("is served once the client certificate is there, without a restart", async () => {
    await openAdd();
    await dialog().getByRole("radio", { name: "Client (mutual TLS)" }).check();
    await dialog().getByLabel("Name").fill("gateways");
    await dialog().getByLabel("Certificate file").setInputFiles(file("client.pem", client.cert));
    await dialog().getByLabel("Private key file").setInputFiles(file("client.key", client.key));
    await dialog().getByRole("button", { name: "Add", exact: true }).click();
    await section()
      .getByRole("row", { name: /gateways/ })
      .getByText(/Expires in (19|20) days/)
      .waitFor();
    await expect.poll(() => callBackend(api.url, api.production), { timeout: 10_000 }).toBe("mutual");
  });

  it("is warned of on the overview before its certificate ends, and renewed", async () => {
    await page.goto(`/apis/${api.id}/overview`);
    await page.getByText(/The certificate “gateways” for localhost:\d+ expires in (19|20) days\./).waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
    await page.getByRole("link", { name: "Renew it under Endpoints" }).click();
    await page.getByRole("button", { name: "Renew gateways" }).click();
    const renewed = await makeCertificate({ name: "Fairlead", issuer: authority, days: 200 });
    await dialog().getByRole("textbox", { name: "Certificate" }).fill(renewed.cert);
    await dialog().getByRole("button", { name: "Renew", exact: true }).click();
    await dialog().getByText("This private key does not belong to the certificate.").waitFor();
    await dialog().getByRole("textbox", { name: "Private key" }).fill(renewed.key);
    await dialog().getByRole("button", { name: "Renew", exact: true }).click();
    await section()
      .getByRole("row", { name: /gateways/ })
      .getByText(/Valid$/)
      .waitFor();
    expect(await callBackend(api.url, api.production)).toBe("mutual");
  });

  it.each([
    ["light", 1440],
    ["dark", 390],
  ] as const)("has no serious finding in %s at %i pixels, and does not scroll sideways", async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`/apis/${api.id}/endpoints`);
    await section().getByRole("table").waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });

  it("loses it after a question", async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await openEndpoints();
    await page.getByRole("button", { name: "Remove gateways" }).click();
    await dialog()
      .getByText(/endpoints that ask will refuse them/)
      .waitFor();
    await dialog().getByRole("button", { name: "Remove" }).click();
    await page.getByText("The certificate “gateways” is removed.").waitFor();
    await expect.poll(() => callBackend(api.url, api.production), { timeout: 10_000 }).toMatch(/^50[0-9] /);
  });
});

function file(name: string, text: string) {
  return { name, mimeType: "application/x-pem-file", buffer: Buffer.from(text) };
}
