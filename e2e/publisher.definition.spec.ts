import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, it } from "vitest";
import { signIn } from "./pages/visitor-pages.ts";
import { launchBrowser, newVisitor, seriousAxeFindings } from "./support/browser.ts";
import { type Stack, startStack } from "./support/stack.ts";

let stack: Stack;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
  ({ page } = await newVisitor(browser, stack.publisherUrl));
  await signIn(page, stack.admin);
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

const orders = `# Orders, by hand
openapi: 3.0.3
info: { title: Orders, version: 2.0.0 }
servers:
  - url: https://backend.example.com/v2
paths:
  /orders:
    get: { summary: All orders, responses: { "200": { description: Fine } } }
    post: { responses: { "201": { description: Made } } }
`;

const fileOf = (text: string) => ({ name: "orders.yaml", mimeType: "application/yaml", buffer: Buffer.from(text) });

it("imports an OpenAPI document, edits it, and tells what becomes of operations before it is saved", async () => {
  await page.goto("/apis/create");
  await page.getByRole("link", { name: "Import OpenAPI" }).click();
  const input = page.locator("input[type=file]");
  await input.setInputFiles(fileOf(orders.replace("get:", "fetch:")));
  await page.getByText("Line 8, column 5: fetch is no field that can stand in /orders of paths.").waitFor();

  await page.evaluate(dropFile, { text: orders, name: "orders.yaml" });
  await page.getByText("Orders 2.0.0 (3.0.3) has 2 operations and names 1 server.").waitFor();
  expect(await seriousAxeFindings(page)).toEqual([]);
  expect(await page.getByLabel("Context").inputValue()).toBe("/orders");
  expect(await page.getByLabel("Endpoint").inputValue()).toBe("https://backend.example.com/v2");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.waitForURL(/\/endpoints$/);
  await page.getByLabel("Production Endpoint", { exact: false }).first().waitFor();

  await page.getByRole("link", { name: "API Definition" }).click();
  const editor = page.getByRole("textbox", { name: "OpenAPI document" });
  await editor.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("  /orders/{id}:\n  get: { responses: [] }");
  const problem = page.getByRole("button", { name: /^Line 11, column \d+: responses of get has to be a map\./ });
  await problem.waitFor();
  expect(await seriousAxeFindings(page)).toEqual([]);
  await problem.click();
  await page.keyboard.press("Control+End");
  for (let back = 0; back < "[] }".length; back += 1) await page.keyboard.press("Backspace");
  await page.keyboard.type('{ "200": { description: One } } }');
  await problem.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "SAVE" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("2 operations stay as they are.", { exact: false }).waitFor();
  expect(await dialog.getByRole("list", { name: "Added operations" }).textContent()).toContain("/orders/{id}");
  expect(await seriousAxeFindings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.", { exact: true }).waitFor();

  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download YAML" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("Orders-2.0.0.yaml");
  const text = await readFile(await download.path(), "utf8");
  expect(text.startsWith(orders)).toBe(true);
  expect(text).toContain("/orders/{id}:");
  const [, , id] = new URL(page.url()).pathname.split("/");
  const { body } = await stack.rest("GET", `/apis/${id}`);
  expect(body).toMatchObject({ operations: { length: 3 }, definition: { syntax: "yaml" } });
});

/** Drops a file as a person would; browsers let scripts do that. */
function dropFile({ text, name }: { text: string; name: string }): void {
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], name, { type: "application/yaml" }));
  const place = [...document.querySelectorAll("p")].find((line) => line.textContent?.startsWith("Drop an OpenAPI"));
  place?.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
}
