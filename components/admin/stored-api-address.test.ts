import { describe, expect, it } from "vitest";
import { readStoredApiView, storedApiAddress } from "./stored-api-address.ts";

describe("the address of stored APIs", () => {
  it.each([
    "/admin/apis",
    "/admin/apis?query=name%3Apizza",
    "/admin/apis?ownerId=u1&state=PUBLISHED&endpointType=tiered&context=%2Fpizza",
    "/admin/apis?notLive=true&endpointsNotReady=true&sort=-name&page=3",
    "/admin/apis?sort=updated",
  ])("reads back: %s", (address) => {
    const search = Object.fromEntries(new URL(address, "http://x").searchParams);
    expect(storedApiAddress(readStoredApiView(search))).toBe(address);
  });

  it("is the whole list where it cannot be read", () => {
    const view = readStoredApiView({
      state: "LOST",
      endpointType: ["a", "b"],
      sort: "-secret",
      page: "-1",
      notLive: "1",
    });
    expect(storedApiAddress(view)).toBe("/admin/apis");
  });
});
