import { describe, expect, it } from "vitest";
import { operationPathSchema, operationsSchema } from "./operation.ts";

describe("the path of an operation", () => {
  it.each([
    "/",
    "/orders",
    "/orders/{id}",
    "/orders/{id}.json",
    "/{a}-{b}/c",
    "/*",
    "/orders/*",
    "/a%20b",
    "/~x/'y'(z)",
  ])("can be %s", (path) => {
    expect(operationPathSchema.safeParse(path).success).toBe(true);
  });

  it.each([
    ["orders", /begins with a slash/],
    ["/two words", /has no spaces/],
    ["/orders?x=1", /ends before \?/],
    ["/orders#top", /ends before \?/],
    ["/orders/{id", /name in braces/],
    ["/orders/id}", /name in braces/],
    ["/orders/{}", /name in braces/],
    ["/orders/{a/b}", /name in braces/],
    ["/orders/{{a}}", /name in braces/],
    ["/*/orders", /whole last segment/],
    ["/orders*", /whole last segment/],
    [`/${"x".repeat(500)}`, /at most 500/],
  ])("cannot be %s", (path, message) => {
    expect(operationPathSchema.safeParse(path).error?.issues[0]?.message).toMatch(message);
  });
});

describe("operations", () => {
  it("are secured and unlimited where nobody says otherwise", () => {
    expect(operationsSchema.parse([{ method: "GET", path: "/a" }])).toEqual([
      { method: "GET", path: "/a", secured: true, rateTier: null, summary: "" },
    ]);
  });

  it.each([
    [["/a", "/a"], /^GET \/a is there twice/],
    [["/a/{id}", "/a/{number}"], /only names differ/],
  ])("are each there once: %j", (paths, message) => {
    const { error } = operationsSchema.safeParse(paths.map((path) => ({ method: "GET", path })));
    expect(error?.issues).toMatchObject([{ path: [1, "path"], message: expect.stringMatching(message) }]);
    expect(operationsSchema.safeParse(paths.map((path, at) => ({ method: at ? "PUT" : "GET", path }))).success).toBe(
      true,
    );
  });

  it("are at most 5,000", () => {
    const many = Array.from({ length: 5_001 }, (_, index) => ({ method: "GET", path: `/${index}` }));
    expect(operationsSchema.safeParse(many).error?.issues[0]?.message).toMatch(/at most 5,000/);
  });
});
