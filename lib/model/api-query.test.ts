import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseApiQuery } from "./api-query.ts";

describe("a search for APIs", () => {
  it.each([
    ["", []],
    ["   ", []],
    ["pizza", [{ text: "pizza" }]],
    ["pizza  shack", [{ text: "pizza" }, { text: "shack" }]],
    ['"pizza shack"', [{ text: "pizza shack" }]],
    ["name:Pizza", [{ field: "name", text: "Pizza" }]],
    ["NAME:Pizza", [{ field: "name", text: "Pizza" }]],
    ["context:/pizza", [{ field: "context", text: "/pizza" }]],
    [
      'name:"Pizza Shack" status:PUBLISHED',
      [
        { field: "name", text: "Pizza Shack" },
        { field: "status", text: "PUBLISHED" },
      ],
    ],
    ["version:1.0.0 free", [{ field: "version", text: "1.0.0" }, { text: "free" }]],
    ["provider:ann@example.com", [{ field: "provider", text: "ann@example.com" }]],
    ["http://example", [{ text: "http://example", property: { name: "http", text: "//example" } }]],
    ["owner:me", [{ text: "owner:me", property: { name: "owner", text: "me" } }]],
    [
      'Cost-Centre:"north 7" x',
      [{ text: 'Cost-Centre:"north 7"', property: { name: "Cost-Centre", text: "north 7" } }, { text: "x" }],
    ],
    ['team:""', [{ text: 'team:""' }]],
    ["team:", [{ text: "team:" }]],
    ["name:", [{ text: "name:" }]],
    ['name:""', []],
    ['"open quote', [{ text: "open quote" }]],
    ["50%_\\", [{ text: "50%_\\" }]],
  ])("%j asks for %j", (query, terms) => {
    expect(parseApiQuery(query)).toEqual(terms);
  });

  it("is bounded, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 500 }), (query) => {
        const terms = parseApiQuery(query);
        expect(terms.length).toBeLessThanOrEqual(20);
        expect(terms.every(({ text }) => text !== "")).toBe(true);
      }),
    );
  });
});
