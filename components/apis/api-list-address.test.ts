import fc from "fast-check";
import { expect, it } from "vitest";
import { apiSortFields } from "@/lib/model/api-query.ts";
import { apiListAddress, apiListView } from "./api-list-address.ts";

const params = (address: string) => Object.fromEntries(new URL(address, "http://x").searchParams);

it("reads back every view that it wrote", () => {
  const view = fc.record({
    query: fc.string({ maxLength: 50 }),
    page: fc.integer({ min: 1, max: 400 }),
    layout: fc.constantFrom("grid" as const, "table" as const),
    sort: fc.record({
      field: fc.constantFrom(...apiSortFields),
      direction: fc.constantFrom("asc" as const, "desc" as const),
    }),
  });
  fc.assert(
    fc.property(view, (original) => {
      expect(apiListView(params(apiListAddress(original)))).toEqual(original);
    }),
  );
});

it.each(["/apis?page=0", "/apis?page=x", "/apis?page=-1", "/apis?sort=owner-up", "/apis?layout=list"])(
  "takes %s as the default",
  (address) => {
    expect(apiListAddress(apiListView(params(address)))).toBe("/apis");
  },
);
