import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { apiEntries, isAtEntry } from "./navigation-entries.ts";

it.each([
  ["/apis", 0],
  ["/apis/create", 0],
  ["/admin/apis", 0],
  ["/apis/1/endpoints", 15],
  ["/apis/1/endpoints/more", 15],
])("at %s there are %i sections of an API", (path, count) => {
  expect(apiEntries(path)).toHaveLength(count);
});

it.each(["/apis/1/endpoints", "/apis/1/endpoints/more"])(
  "at %s there is an entry for every section of an API",
  (path) => {
    const pages = readdirSync("app/(publisher)/apis/[apiId]", { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(entry.parentPath, entry.name, "page.tsx")))
      .map(({ name }) => `/apis/1/${name}`);
    const entries = apiEntries(path).map(({ href }) => href);
    expect(entries.toSorted()).toEqual(pages.toSorted());
  },
);

it.each([
  ["/admin/apis", "/admin/apis", true],
  ["/admin/apis/1", "/admin/apis", true],
  ["/admin/apisx", "/admin/apis", false],
])("%s is at %s: %s", (path, href, expected) => {
  expect(isAtEntry(path, href)).toBe(expected);
});
