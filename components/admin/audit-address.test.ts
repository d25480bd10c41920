import { describe, expect, it } from "vitest";
import { auditAddress, readAuditView } from "./audit-address.ts";

describe("the address of the audit log", () => {
  it.each([
    [{ filter: {} }, "/admin/audit"],
    [{ filter: { actor: "Ann & Bob", subject: " " } }, "/admin/audit?actor=Ann+%26+Bob"],
    [{ filter: { action: "api" }, before: "1-2" }, "/admin/audit?action=api&before=1-2"],
  ])("of %j is %s, and reads back", (view, address) => {
    expect(auditAddress(view)).toBe(address);
    const { view: read, problems } = readAuditView(Object.fromEntries(new URL(address, "http://x").searchParams));
    expect(auditAddress(read)).toBe(address);
    expect(problems).toEqual([]);
  });

  it("tells what it does not understand, and shows the rest", () => {
    const { view, problems } = readAuditView({
      action: "a b",
      from: "soon",
      actor: "Ann",
      before: "x",
      to: ["1", "2"],
    });
    expect(view).toEqual({ filter: { actor: "Ann" } });
    expect(problems).toHaveLength(2);
  });
});
