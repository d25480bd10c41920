import { describe, expect, it } from "vitest";
import { certificateHostSchema, certificateValidity, isForHost } from "./endpoint-certificate.ts";

describe("the host of a certificate", () => {
  it.each([
    ["orders.example", "orders.example"],
    ["Orders.Example:8443", "orders.example:8443"],
    ["orders.example:443", "orders.example:443"],
    ["10.0.0.7", "10.0.0.7"],
    ["[::1]:8443", "[::1]:8443"],
  ])("%s is read as %s", (text, read) => {
    expect(certificateHostSchema.parse(text)).toBe(read);
  });

  it.each([
    "",
    "https://orders.example",
    "orders.example/path",
    "a b",
    "orders.example:99999",
    "::1",
    "u@orders.example",
  ])("%j is refused, with what would be accepted", (text) => {
    expect(certificateHostSchema.safeParse(text).error?.issues[0]?.message).toContain("orders.example:8443");
  });

  it.each([
    ["orders.example", "orders.example", 443, true],
    ["orders.example", "orders.example", 8443, true],
    ["orders.example:8443", "orders.example", 8443, true],
    ["orders.example:8443", "orders.example", 443, false],
    ["orders.example", "api.orders.example", 443, false],
    ["[::1]:8443", "::1", 8443, true],
  ])("%s is meant for %s at port %i: %s", (host, hostname, port, meant) => {
    expect(isForHost(host, hostname, port)).toBe(meant);
  });
});

describe("the validity of a certificate", () => {
  const validFrom = new Date("2026-01-01T00:00:00Z");
  const validTo = new Date("2026-12-31T00:00:00Z");
  it.each([
    ["2025-12-31T23:59:59Z", { kind: "not-yet" }],
    ["2026-06-01T00:00:00Z", { kind: "valid" }],
    ["2026-12-01T00:00:00Z", { kind: "valid" }],
    ["2026-12-01T00:00:01Z", { kind: "expires-soon", days: 29 }],
    ["2026-12-30T12:00:00Z", { kind: "expires-soon", days: 0 }],
    ["2026-12-31T00:00:00Z", { kind: "expired" }],
  ])("at %s is %j", (now, validity) => {
    expect(certificateValidity({ validFrom, validTo }, new Date(now))).toEqual(validity);
  });
});
