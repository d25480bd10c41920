import { describe, expect, it } from "vitest";
import { draftAfter } from "./draft-change.ts";
import { draftFromConfig } from "./endpoints-draft.ts";
import { endpoint } from "./testing/endpoint-configs.ts";
import { droppedByTypeChange } from "./type-change.ts";

const draft = draftFromConfig(
  {
    kind: "load-balance",
    protocol: "rest",
    retryNonIdempotent: false,
    algorithm: "round-robin",
    session: { kind: "none" },
    failover: true,
    production: [endpoint("a"), endpoint("b")],
    sandbox: [endpoint("s"), endpoint("t")],
  },
  () => "blank",
);

describe("changing the Endpoint Type", () => {
  it("keeps the members between Load Balanced and Failover", () => {
    expect(droppedByTypeChange(draft, "failover")).toEqual([]);
    expect(droppedByTypeChange({ ...draft, kind: "failover" }, "load-balance")).toEqual([]);
    expect(droppedByTypeChange(draft, "load-balance")).toEqual([]);
  });

  it("to None names every member but the first", () => {
    expect(droppedByTypeChange(draft, "single")).toEqual([
      "Production endpoint 2: http://b.example.com/",
      "Sandbox endpoint 2: http://t.example.com/",
    ]);
  });

  it("names no members of a key type that is not enabled", () => {
    const productionOnly = { ...draft, sandbox: { ...draft.sandbox, enabled: false } };
    expect(droppedByTypeChange(productionOnly, "single")).toHaveLength(1);
  });

  it("names what was chosen for load balancing when that goes", () => {
    const chosen = { ...draft, session: { kind: "transport", timeoutMs: 60_000 } as const, failover: false };
    expect(droppedByTypeChange(chosen, "failover")).toEqual([
      "Session Management: Transport",
      "Session Timeout (Millis): 60000",
      "Enable Failover: off",
    ]);
  });

  it("names the switch that Tiered has no place for, and keeps its sessions", () => {
    const chosen = { ...draft, session: { kind: "transport" } as const, failover: false };
    expect(droppedByTypeChange(chosen, "tiered")).toEqual(["Enable Failover: off"]);
  });

  it.each([
    ["load-balance", "; their endpoints share the load in one group", []],
    ["failover", "; their endpoints are tried one after the other", ["Session Management: SOAP"]],
  ] as const)("from Tiered to %s names the pools", (kind, afterwards, others) => {
    const tiered = draftAfter({ ...draft, session: { kind: "soap" } }, { type: "choose-kind", kind: "tiered" });
    expect(droppedByTypeChange(tiered, kind)).toEqual([
      `Production pools: Primary pool (2), Backup pool 1 (0)${afterwards}`,
      `Sandbox pools: Primary pool (2), Backup pool 1 (0)${afterwards}`,
      ...others,
    ]);
  });
});
