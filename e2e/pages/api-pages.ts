import type { Page } from "playwright";

type NewApi = { name: string; context: string; version: string; endpoint?: string };

/** Creates an API through the form; answers its id, which stands in the address. */
export async function createApi(page: Page, api: NewApi, button: "Create" | "Create & Publish"): Promise<string> {
  await page.goto("/apis/create");
  await page.getByLabel("Name").fill(api.name);
  await page.getByLabel("Context").fill(api.context);
  await page.getByLabel("Version").fill(api.version);
  if (api.endpoint) await page.getByLabel("Endpoint").fill(api.endpoint);
  await page.getByRole("button", { name: button, exact: true }).click();
  await page.waitForURL(/\/apis\/[0-9a-f-]{36}\//);
  const [, , id = ""] = new URL(page.url()).pathname.split("/");
  return id;
}

/** Creates a consumer's key and reads it from the page, where it is shown once. */
export async function createApiKey(
  page: Page,
  apiId: string,
  name: string,
  keyType: "Production" | "Sandbox",
): Promise<string> {
  await page.goto(`/apis/${apiId}/subscriptions`);
  await page.getByRole("button", { name: /create.*key/i }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel(keyType).check();
  await dialog.getByRole("button", { name: /create/i }).click();
  const secret = await dialog.getByRole("group", { name: "API key" }).textContent();
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  return (secret ?? "").trim();
}
