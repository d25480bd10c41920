import type { Page } from "playwright";

type Person = { name: string; email: string; password: string };

/** The first visit to an installation. */
export async function createAdministrator(page: Page, person: Person): Promise<void> {
  await page.goto("/");
  await page.getByRole("heading", { name: "Create the administrator" }).waitFor();
  await page.getByLabel("Name").fill(person.name);
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Create administrator" }).click();
  await page.waitForURL("**/apis");
}

/** Signs in and waits for the list of APIs. */
export async function signIn(page: Page, person: { email: string; password: string }): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/apis");
}
