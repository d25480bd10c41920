import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signIn } from "./pages/visitor-pages.ts";
import { launchBrowser, newVisitor, seriousAxeFindings } from "./support/browser.ts";
import { type Stack, startStack } from "./support/stack.ts";

let stack: Stack;
let browser: Browser;
let admin: Page;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
  ({ page: admin } = await newVisitor(browser, stack.publisherUrl));
  await signIn(admin, stack.admin);
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

/** Invites somebody, and returns the link. */
async function invite(email: string, role: string): Promise<string> {
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

describe("an invitation", () => {
  it("says at the field what is wrong with it", async () => {
    await admin.goto("/admin/users");
    await admin.getByRole("button", { name: "Invite" }).click();
    const dialog = admin.getByRole("dialog");
    await dialog.getByLabel("E-mail").fill(stack.admin.email);
    await dialog.getByRole("button", { name: "Make the link" }).click();
    await dialog.getByText("Somebody with this e-mail address has an account already.").waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
  });

  it("is taken up by its link, with a name and a password of one's own, once", async () => {
    const link = await invite("paula@example.com", "Publisher");
    await admin.getByRole("region", { name: "Open invitations" }).getByText("paula@example.com").waitFor();
    const { page } = await newVisitor(browser, stack.publisherUrl);
    await page.goto(link);
    await page.getByText("Administrator invites you as publisher.").waitFor();
    expect(await seriousAxeFindings(page)).toEqual([]);
    await page.getByLabel("Name").fill("Paula Publisher");
    await page.getByLabel("Password").fill("short");
    await page.getByRole("button", { name: "Create my account" }).click();
    await page.getByText("A password has at least 8 characters.").waitFor();
    await page.getByLabel("Password").fill("publishes-her-own");
    await page.getByRole("button", { name: "Create my account" }).click();
    await page.waitForURL("**/apis");
    await page.getByRole("button", { name: /Paula Publisher/ }).waitFor();
    const { page: second } = await newVisitor(browser, stack.publisherUrl);
    await second.goto(link);
    await second.getByText("This invitation is not valid any more").waitFor();
    await admin.reload();
    await admin.getByRole("row", { name: /Paula Publisher/ }).waitFor();
    expect(await admin.getByRole("region", { name: "Open invitations" }).count()).toBe(0);
  });

  it("is withdrawn after a question", async () => {
    const link = await invite("late@example.com", "Viewer");
    await admin.getByRole("button", { name: "Withdraw the invitation of late@example.com" }).click();
    await admin.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
    await admin.getByText("The invitation of late@example.com is withdrawn.").waitFor();
    const { page } = await newVisitor(browser, stack.publisherUrl);
    await page.goto(link);
    await page.getByText("This invitation is not valid any more").waitFor();
  });

  it.each([
    ["light", 1440],
    ["dark", 390],
  ] as const)("stands on a page without serious findings in %s at %i pixels", async (colorScheme, width) => {
    await invite(`screen-${width}@example.com`, "Viewer");
    await admin.emulateMedia({ colorScheme });
    await admin.setViewportSize({ width, height: 900 });
    await admin.goto("/admin/users");
    await admin.getByRole("region", { name: "Open invitations" }).waitFor();
    expect(await seriousAxeFindings(admin)).toEqual([]);
    await admin.setViewportSize({ width: 1440, height: 900 });
  });
});
