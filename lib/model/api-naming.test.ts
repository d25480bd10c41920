import { describe, expect, it } from "vitest";
import { apiContextSchema, apiNameSchema, apiVersionSchema, defaultPath, versionedPath } from "./api-naming.ts";

describe("the name of an API", () => {
  it.each(["PizzaShackAPI", "a", "Pizza Shack", "pizza-shack_1.0", "Ünïcode", "x".repeat(60)])("may be %j", (name) => {
    expect(apiNameSchema.safeParse(name).success).toBe(true);
  });

  it.each([..."~!@#;:%^*()+={}|\\<>\"',&$[]/"].map((character) => `a${character}b`))("may not be %j", (name) => {
    const result = apiNameSchema.safeParse(name);
    expect(result.error?.issues[0]?.message).toContain(`cannot contain ${name[1]}`);
  });

  it.each(["", " a", "a ", "a  b", "a\tb", "x".repeat(61)])("may not be %j", (name) => {
    expect(apiNameSchema.safeParse(name).success).toBe(false);
  });
});

describe("the version of an API", () => {
  it.each(["1", "1.0.0", "v2-beta_1", "x".repeat(30)])("may be %j", (version) => {
    expect(apiVersionSchema.safeParse(version).success).toBe(true);
  });

  it.each(["", "1 0", " 1", "1/0", "1?", ".", "..", "1;0", "{version}", "é", "x".repeat(31)])(
    "may not be %j",
    (version) => {
      expect(apiVersionSchema.safeParse(version).success).toBe(false);
    },
  );
});

describe("the context of an API", () => {
  it.each([
    ["/pizzashack", "/pizzashack"],
    ["pizzashack", "/pizzashack"],
    [" /a/b ", "/a/b"],
    ["/{version}/a", "/{version}/a"],
    ["/a/{version}/b", "/a/{version}/b"],
    [`/${"x".repeat(231)}`, `/${"x".repeat(231)}`],
  ])("may be %j", (context, normalized) => {
    expect(apiContextSchema.parse(context)).toBe(normalized);
  });

  it.each([
    "",
    "/",
    "/a/",
    "//a",
    "/a//b",
    "/a b",
    "/a?b",
    "/a#b",
    "/a/../b",
    "/./a",
    "/a{version}",
    "/{version}",
    "/{version}/a/{version}",
    "/{other}/a",
    "/%61",
    "/é",
    `/${"x".repeat(232)}`,
  ])("may not be %j", (context) => {
    expect(apiContextSchema.safeParse(context).success).toBe(false);
  });
});

describe("where an API answers", () => {
  it.each([
    ["/pizzashack", "1.0.0", "/pizzashack/1.0.0", "/pizzashack"],
    ["/{version}/a", "2", "/2/a", "/a"],
    ["/a/{version}/b", "2", "/a/2/b", "/a/b"],
  ])("context %s, version %s: %s, and as the default version %s", (context, version, path, withoutVersion) => {
    expect(versionedPath(context, version)).toBe(path);
    expect(defaultPath(context)).toBe(withoutVersion);
  });
});
