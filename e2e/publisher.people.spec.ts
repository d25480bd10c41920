import type { TOTP } from "otpauth";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { acceptInvitation, enterCode, enterPassword, invite, readKeyIntoApp } from "./pages/people-pages.ts";
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
    const link = await invite(admin, "paula@example.com", "Publisher");
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
    const link = await invite(admin, "late@example.com", "Viewer");
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
    await invite(admin, `screen-${width}@example.com`, "Viewer");
    await admin.emulateMedia({ colorScheme });
    await admin.setViewportSize({ width, height: 900 });
    await admin.goto("/admin/users");
    await admin.getByRole("region", { name: "Open invitations" }).waitFor();
    expect(await seriousAxeFindings(admin)).toEqual([]);
    await admin.setViewportSize({ width: 1440, height: 900 });
  });
});

describe("a second factor", () => {
  const person = { name: "Sofia Second", email: "sofia@example.com", password: "knows-and-has" };
  let page: Page;
  let totp: TOTP;
  let recoveryCode = "";

  /** What the app shows now. */
  const code = () => totp.generate();

  beforeAll(async () => {
    const link = await invite(admin, person.email, "Publisher");
    ({ page } = await newVisitor(browser, stack.publisherUrl));
    await acceptInvitation(page, link, person);
  });

  it("is set up with the password, an app, and a code that confirms it", async () => {
    await page.goto("/account");
    await page.getByRole("button", { name: "Set up" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Your password").fill("wrong");
    await dialog.getByRole("button", { name: "Continue" }).click();
    await dialog.getByText("This is not your password.").waitFor();
    totp = await readKeyIntoApp(page, person.password);
    expect(await seriousAxeFindings(page)).toEqual([]);
    await enterCode(page, "000000", "Confirm");
    await dialog.getByText("This code is not right.").waitFor();
    await enterCode(page, code(), "Confirm");
    const codes = dialog.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
    await codes.first().waitFor();
    expect(await codes.count()).toBe(10);
    recoveryCode = (await codes.first().textContent()) ?? "";
    await dialog.getByRole("button", { name: "I have kept them" }).click();
  });

  it("is asked for after the password, and a code is good for one sign-in", async () => {
    await page.context().clearCookies();
    await enterPassword(page, person);
    expect((await page.request.get("/account", { maxRedirects: 0 })).status()).not.toBe(200);
    await enterCode(page, "000000", "Sign in");
    await page.getByText("This code is not right.").waitFor();
    const used = code();
    await enterCode(page, used, "Sign in");
    await page.waitForURL("**/apis");
    await page.context().clearCookies();
    await enterPassword(page, person);
    await enterCode(page, used, "Sign in");
    await page
      .getByText(/used already|not right|Begin again/)
      .first()
      .waitFor();
  });

  it("can be a recovery code, once", async () => {
    await page.context().clearCookies();
    await enterPassword(page, person);
    await page.getByRole("button", { name: "Use a recovery code" }).click();
    await page.getByLabel("Recovery code").fill(recoveryCode);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/apis");
    await page.context().clearCookies();
    await enterPassword(page, person);
    await page.getByRole("button", { name: "Use a recovery code" }).click();
    await page.getByLabel("Recovery code").fill(recoveryCode);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("This code is not right.").waitFor();
  });

  it("keeps scripts from calling with the password alone", async () => {
    const basic = Buffer.from(`${person.email}:${person.password}`).toString("base64");
    const refused = await fetch(`${stack.publisherUrl}/api/am/publisher/v4/apis`, {
      headers: { authorization: `Basic ${basic}` },
    });
    expect([refused.status, (await refused.json()).description]).toEqual([
      401,
      "This account has a second factor: call with an access token instead.",
    ]);
  });

  it("is taken away by an administrator for whom it is lost", async () => {
    await admin.goto("/admin/users");
    await admin.getByRole("button", { name: `Actions for ${person.name}` }).click();
    await admin.getByRole("menuitem", { name: "Take away the second factor" }).click();
    await admin.getByRole("dialog").getByRole("button", { name: "Take away the second factor" }).click();
    await admin.getByText(`${person.name} signs in with the password alone now.`).waitFor();
    await page.context().clearCookies();
    await signIn(page, person);
  });
});
