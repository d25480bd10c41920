import type { Browser, BrowserContext, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signIn } from "./pages/visitor-pages.ts";
import { launchBrowser, newVisitor } from "./support/browser.ts";
import { failover, loadBalanced, publishApi, tiered } from "./support/publish.ts";
import { type ScreenApis, screenPath, screens } from "./support/screens.ts";
import { type Stack, startStack } from "./support/stack.ts";

let stack: Stack;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let apis: ScreenApis;
/** What the browser reported against the policy, on any screen. */
const violations: string[] = [];

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
  const urls = ["http://127.0.0.1:9/a", "http://127.0.0.1:9/b"];
  apis = {
    BALANCED: await publishApi(stack, "Balanced", loadBalanced(urls)),
    FAILING: await publishApi(stack, "Failing", failover(urls)),
    LAYERED: await publishApi(stack, "Layered", tiered([["http://127.0.0.1:9/a"], ["http://127.0.0.1:9/b"]])),
  };
  ({ context, page } = await newVisitor(browser, stack.publisherUrl));
  await context.exposeFunction("reportViolation", (report: string) => violations.push(report));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const { effectiveDirective, blockedURI, sourceFile, sample } = event;
      const report = `${location.pathname}: ${effectiveDirective} ${blockedURI} ${sourceFile} ${sample}`;
      Reflect.get(window, "reportViolation")?.(report);
    });
  });
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

describe("the Content-Security-Policy", () => {
  it("lets somebody sign in", async () => {
    await signIn(page, stack.admin);
    expect(violations).toEqual([]);
  });

  it.each(screens)("is kept by %s", async (screen) => {
    await page.goto(screenPath(screen, apis));
    await page.getByRole("main").waitFor();
    await page.waitForLoadState("networkidle");
    expect(violations).toEqual([]);
  });

  it("leaves no entry of an export or bundle that a page fetched in advance", async () => {
    await page.goto("/admin/system");
    await page.goto("/admin/audit?action=support");
    await page.getByRole("link", { name: "Export CSV" }).hover();
    await page.waitForLoadState("networkidle");
    expect(await page.getByText("Nothing found").count()).toBe(1);
    await page.goto("/admin/audit?action=audit");
    expect(await page.getByText("Nothing found").count()).toBe(1);
  });

  it("is kept while somebody goes from page to page", async () => {
    await page.goto("/apis");
    await page.getByRole("link", { name: "Create API" }).first().click();
    await page.waitForURL("**/apis/create");
    await page.getByLabel("Name").first().fill("x");
    await page.goBack();
    await page.waitForURL("**/apis");
    expect(violations).toEqual([]);
  });

  it("stops a script that somebody got into a page", async () => {
    const isRun = await page.evaluate(async () => {
      const place = document.createElement("div");
      place.innerHTML = '<img src="data:," onerror="window.isAttacked = true">';
      document.body.append(place);
      const script = document.createElement("script");
      script.setAttribute("nonce", "guessed");
      document.body.insertAdjacentHTML(
        "beforeend",
        "<a href='javascript:void(window.isAttacked = true)' id='evil'>x</a>",
      );
      document.getElementById("evil")?.click();
      await new Promise((resolve) => setTimeout(resolve, 300));
      return Reflect.get(window, "isAttacked") === true;
    });
    expect(isRun).toBe(false);
    expect(violations.length).toBeGreaterThan(0);
    violations.length = 0;
  });

  it("names another nonce for every answer, and no script that is inline without one", async () => {
    const policies = await Promise.all(
      ["/sign-in", "/sign-in"].map(async (path) => (await fetch(`${stack.publisherUrl}${path}`)).headers),
    );
    const [first, second] = policies.map((headers) => headers.get("content-security-policy") ?? "");
    expect(first).toMatch(/script-src 'self' 'nonce-[\w-]{36}' 'strict-dynamic';/);
    expect(first).not.toBe(second);
    expect(first?.split("; ").filter((directive) => directive.includes("unsafe"))).toEqual([
      "style-src-attr 'unsafe-inline'",
    ]);
  });
});

describe("every answer", () => {
  it.each([
    "/sign-in",
    "/apis",
    "/nothing/here",
    "/api/am/publisher/v4/apis",
    "/api/am/publisher/v4/nothing",
    "/icon.svg",
  ])("carries the headers that bind browsers: %s", async (path) => {
    const { headers } = await fetch(`${stack.publisherUrl}${path}`, { redirect: "manual" });
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("permissions-policy")).toContain("camera=()");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("strict-transport-security")).toBeNull();
    expect(headers.get("x-powered-by")).toBeNull();
  });

  it("keeps browsers to TLS where they came over it", async () => {
    const { headers } = await fetch(`${stack.publisherUrl}/sign-in`, { headers: { "x-forwarded-proto": "https" } });
    expect(headers.get("strict-transport-security")).toMatch(/^max-age=\d{8}/);
  });
});

describe("another site", () => {
  it.each([
    ["its own origin", { origin: "https://evil.test" }],
    ["no origin", {}],
    ["a sandboxed origin", { origin: "null" }],
  ])("cannot post to a page: with %s", async (_what, headers: Record<string, string>) => {
    const response = await fetch(`${stack.publisherUrl}/sign-in`, { method: "POST", headers, body: "x" });
    expect(response.status).toBe(403);
  });

  it("cannot use a session for the REST API", async () => {
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const call = (origin: string) =>
      fetch(`${stack.publisherUrl}/api/am/publisher/v4/apis/${apis.BALANCED.id}`, {
        method: "DELETE",
        headers: { cookie, origin },
      });
    expect((await call("https://evil.test")).status).toBe(401);
    expect((await fetch(`${stack.publisherUrl}/api/am/publisher/v4/apis`, { headers: { cookie } })).status).toBe(401);
  });

  it("gets nobody sent to it by signing in", async () => {
    const { context: fresh, page: visitor } = await newVisitor(browser, stack.publisherUrl);
    const targets = [
      "//evil.test",
      "/\\evil.test",
      "https://evil.test",
      "%2F%2Fevil.test",
      "/%09/evil.test",
      "/..//evil.test",
    ];
    for (const next of targets) {
      await fresh.clearCookies();
      await visitor.goto(`/sign-in?next=${next.startsWith("%") ? next : encodeURIComponent(next)}`);
      await visitor.getByLabel("E-mail").fill(stack.admin.email);
      await visitor.getByLabel("Password").fill(stack.admin.password);
      await visitor.getByRole("button", { name: "Sign in" }).click();
      await visitor.waitForURL((url) => url.pathname !== "/sign-in");
      expect(new URL(visitor.url()).origin).toBe(stack.publisherUrl);
    }
    await fresh.close();
  });

  it("cannot read the session's cookie, and no script can", async () => {
    const cookies = await context.cookies();
    expect(cookies.length).toBeGreaterThan(0);
    for (const { httpOnly, sameSite } of cookies)
      expect({ httpOnly, sameSite }).toEqual({ httpOnly: true, sameSite: "Lax" });
  });
});
