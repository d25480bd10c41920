import { describe, expect, it } from "vitest";
import { apiOnGatewayState } from "./api-on-gateway.ts";
import type { ApiOnGateway } from "./gateway-live-schema.ts";

const gateway: ApiOnGateway = {
  id: "g",
  host: "edge-1",
  version: "0.1.0",
  live: true,
  gone: false,
  runningRevision: 7,
  appliedAt: new Date(0),
  lastSeenAt: new Date(0),
};
const behind = { live: false, runningRevision: 5 };

describe("what a gateway makes of an API", () => {
  it.each([
    ["runs the stored revision of a published API", {}, "PUBLISHED", "Live"],
    ["runs the stored revision of a deprecated API", {}, "DEPRECATED", "Live"],
    ["runs an older revision", behind, "PUBLISHED", "Behind"],
    ["does not run it yet", { live: false, runningRevision: null }, "PUBLISHED", "Behind"],
    ["knows that it is blocked", {}, "BLOCKED", "Current"],
    ["does not know yet that it is blocked", behind, "BLOCKED", "Behind"],
    ["knows that it is not published", { runningRevision: null }, "CREATED", "Not deployed"],
    ["still runs a demoted API", behind, "CREATED", "Behind"],
    ["could not take it", { live: false, refusedReason: "no endpoint" }, "PUBLISHED", "Refused"],
    ["stopped reporting, whatever it ran", { gone: true, live: false }, "PUBLISHED", "Gone"],
  ] as const)("that %s", (_, change, lifecycle, expected) => {
    expect(apiOnGatewayState({ ...gateway, ...change }, 7, lifecycle).word).toBe(expected);
  });

  it("names both revisions while it is behind", () => {
    const { reason } = apiOnGatewayState({ ...gateway, ...behind }, 7, "PUBLISHED");
    expect(reason).toBe("It runs revision 5; revision 7 is stored.");
  });

  it("gives the reason of a refusal as the gateway gave it", () => {
    expect(apiOnGatewayState({ ...gateway, refusedReason: "no endpoint" }, 7, "PUBLISHED").reason).toBe("no endpoint");
  });
});
