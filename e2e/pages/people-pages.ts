import { Secret, TOTP } from "otpauth";
import type { Page } from "playwright";

type Newcomer = { name: string; email: string; password: string };

/** Invites somebody under Administration, Users; returns the link. */
export async function invite(admin: Page, email: string, role: string): Promise<string> {
  await admin.goto("/admin/users");
  await admin.getByRole("button", { name: "Invite" }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByRole("radio", { name: role, exact: true }).check();
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const link = await dialog.getByText(/\/invitation#fli_/).textContent();
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  return link ?? "";
}

/** Adds somebody under Administration, Users, with a password that the administrator hands over. */
export async function addUser(admin: Page, person: Newcomer, role: string): Promise<void> {
  await admin.goto("/admin/users");
  await admin.getByRole("button", { name: "Add user" }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("Name").fill(person.name);
  await dialog.getByLabel("E-mail").fill(person.email);
  await dialog.getByRole("radio", { name: role, exact: true }).check();
  await dialog.getByLabel("Password", { exact: false }).first().fill(person.password);
  await dialog.getByRole("button", { name: "Add user" }).click();
  await admin.getByText(`${person.name} can sign in now.`).waitFor();
}

/** Takes an invitation up, and is signed in then. */
export async function acceptInvitation(page: Page, link: string, person: Newcomer): Promise<void> {
  await page.goto(link);
  await page.getByLabel("Name").fill(person.name);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Create my account" }).click();
  await page.waitForURL("**/apis");
}

/** Begins to set a second factor up: enters the password and reads the key into an app. */
export async function readKeyIntoApp(page: Page, password: string): Promise<TOTP> {
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Your password").fill(password);
  await dialog.getByRole("button", { name: "Continue" }).click();
  await dialog.getByRole("img", { name: "QR code with the key" }).waitFor();
  const key = await dialog.getByText(/^[A-Z2-7]{16,}=*$/).textContent();
  return new TOTP({ secret: Secret.fromBase32((key ?? "").replaceAll("=", "")) });
}

/** Signs in as far as the password goes. */
export async function enterPassword(page: Page, person: Pick<Newcomer, "email" | "password">): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Second step" }).waitFor();
}

/** Enters the code that the app shows. */
export async function enterCode(page: Page, code: string, button: "Sign in" | "Confirm"): Promise<void> {
  await page.getByRole("textbox", { name: "Code" }).fill(code);
  await page.getByRole("button", { name: button }).click();
}
