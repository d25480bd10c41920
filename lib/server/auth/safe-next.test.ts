import { describe, expect, it } from "vitest";
import { safeNext } from "./safe-next.ts";

describe("where signing in leads", () => {
  it.each(["/apis", "/apis/1/endpoints?x=1#y", "/admin/users"])("may be %s", (next) => {
    expect(safeNext(next)).toBe(next);
  });

  it.each([
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "\\\\evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "/a\\..\\//evil.example",
    "/%0d%0a/../..//evil.example",
    "/..//evil.example",
    "/sign-in?next=/sign-in",
    "/setup",
    "/api/am/publisher/v4/apis",
    "apis",
    "",
    undefined,
    ["/apis"],
  ])("is never %j", (next) => {
    const target = safeNext(next);
    expect(target.startsWith("//")).toBe(false);
    expect(new URL(target, "http://publisher.test").origin).toBe("http://publisher.test");
    expect(target).not.toMatch(/sign-in|setup|^\/api\//);
  });
});
