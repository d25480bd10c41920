import { expect, it } from "vitest";
import { apiEntries, isAtEntry } from "./navigation-entries.ts";

it.each([
  ["/apis", 0],
  ["/apis/create", 0],
  ["/apis/create/openapi", 0],
  ["/admin/apis", 0],
  ["/apis/1/endpoints", 11],
  ["/apis/1/endpoints/more", 11],
])("at %s there are %i sections of an API", (path, count) => {
  expect(apiEntries(path)).toHaveLength(count);
});

it.each([
  ["/admin/apis", "/admin/apis", true],
  ["/admin/apis/1", "/admin/apis", true],
  ["/admin/apisx", "/admin/apis", false],
])("%s is at %s: %s", (path, href, expected) => {
  expect(isAtEntry(path, href)).toBe(expected);
});
