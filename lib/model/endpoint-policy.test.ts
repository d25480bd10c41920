import { describe, expect, it } from "vitest";
import { defaultEndpointPolicy, endpointPolicy, endpointSettingsSchema } from "./endpoint-policy.ts";

describe("the policy in effect", () => {
  it("is the default where nothing is set", () => {
    expect(endpointPolicy({})).toEqual(defaultEndpointPolicy);
  });

  it.each([
    [{ suspendInitialDurationMs: 0 }, { suspensionDisabled: true }],
    [{ suspendInitialDurationMs: 0, suspendMaximumDurationMs: 0 }, { suspensionDisabled: true }],
    [
      { suspendMaximumDurationMs: 0 },
      { suspensionDisabled: false, suspendMaximumDurationMs: Number.POSITIVE_INFINITY },
    ],
    [{ timeoutErrorCodes: [] }, { timeoutErrorCodes: [101504, 101505] }],
    [{ timeoutErrorCodes: [-1] }, { timeoutErrorCodes: [-1] }],
    [{ responseTimeoutMs: 0 }, { responseTimeoutMs: 30_000 }],
    [{ suspendFactor: 0 }, { suspendFactor: 0 }],
  ])("for %j is %j", (settings, expected) => {
    expect(endpointPolicy(settings)).toMatchObject(expected);
  });
});

describe("settings", () => {
  it.each([
    { suspendInitialDurationMs: -1 },
    { suspendInitialDurationMs: 1.5 },
    { suspendFactor: -0.1 },
    { suspendFactor: Number.NaN },
    { retriesBeforeSuspension: 0.5 },
    { suspendErrorCodes: [-2] },
    { suspendErrorCodes: [1.5] },
    { timeoutAction: "drop" },
    { unknown: 1 },
  ])("refuse %j", (settings) => {
    expect(endpointSettingsSchema.safeParse(settings).success).toBe(false);
  });
});
