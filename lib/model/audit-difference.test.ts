import { describe, expect, it } from "vitest";
import { auditDifference } from "./audit-difference.ts";

describe("what an audit event changed", () => {
  it.each([
    [null, []],
    [{}, []],
    [
      { changes: [{ subject: "Session Timeout", before: "120,000 ms", after: "60,000 ms" }] },
      [{ subject: "Session Timeout", before: "120,000 ms", after: "60,000 ms" }],
    ],
    [{ before: "on", after: "drain" }, [{ subject: "Value", before: "on", after: "drain" }]],
    [
      { before: { role: "admin", name: "Ada" }, after: { role: "publisher", name: "Ada" } },
      [{ subject: "Role", before: "admin", after: "publisher" }],
    ],
    [
      { endpointId: "e1", isTrusted: true, expiresAt: null },
      [
        { subject: "Endpoint id", after: "e1" },
        { subject: "Is trusted", after: "yes" },
        { subject: "Expires at", after: "none" },
      ],
    ],
    [{ changes: "odd" }, [{ subject: "Changes", after: "odd" }]],
    ["text", [{ subject: "Detail", after: "text" }]],
    [{ list: [1, { a: 2 }] }, [{ subject: "List", after: '[1,{"a":2}]' }]],
  ])("%j reads %j", (detail, expected) => {
    expect(auditDifference(detail)).toEqual(expected);
  });
});
