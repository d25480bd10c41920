import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cookieValues, setCookiePair, withoutCookie } from "./cookie-header.ts";

describe("a Cookie field", () => {
  it.each([
    ["a=1; S=x; b=2", ["x"]],
    ["S=x;S=y ; S = z", ["x", "y", "z"]],
    ["XS=1; SX=2; s=3; S", []],
    ["S=a=b", ["a=b"]],
    ["S=", [""]],
    ["", []],
  ])("%j holds the cookie's values %j", (header, values) => {
    expect(cookieValues(header, "S")).toEqual(values);
  });

  it.each([
    ["a=1; S=x; b=2", "a=1; b=2"],
    ["S=x; a=1", "a=1"],
    ["a=1; S=x", "a=1"],
    ["S=x", ""],
    ["S=x; S=y", ""],
    ["a=1;S=x;b=2", "a=1;b=2"],
    ['a="q;  S=x; b=%20,é', 'a="q; b=%20,é'],
    ["a=1;; ;S=x; b", "a=1;; ; b"],
    ["XS=1; SX=2; a=S", "XS=1; SX=2; a=S"],
  ])("%j without the cookie is %j", (header, rest) => {
    expect(withoutCookie(header, "S")).toBe(rest);
  });

  it("keeps every byte of the other cookies", () => {
    const others = fc.array(
      fc.string({ maxLength: 20 }).filter((text) => !/;|S/.test(text)),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(others, fc.nat(), (pairs, at) => {
        const place = at % (pairs.length + 1);
        const header = [...pairs.slice(0, place), " S=value", ...pairs.slice(place)].join(";");
        expect(withoutCookie(header, "S")).toBe(pairs.join(";").trim());
      }),
    );
  });
});

describe("a Set-Cookie field", () => {
  it.each([
    ["JSESSIONID=abc; Path=/; HttpOnly", { name: "JSESSIONID", value: "abc" }],
    ["a=b=c", { name: "a", value: "b=c" }],
    ["a=", { name: "a", value: "" }],
    ["=b", undefined],
    ["nothing", undefined],
    ["", undefined],
  ])("%j names %j", (header, pair) => {
    expect(setCookiePair(header)).toEqual(pair);
  });
});
