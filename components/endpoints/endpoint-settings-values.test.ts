import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settingsFormSchema, settingsFromForm, typedSettings } from "./endpoint-settings-values.ts";

const nothing = typedSettings({});

const settings = fc.record(
  {
    suspendErrorCodes: fc.array(fc.constantFrom(101503, 101506), { minLength: 1 }),
    suspendInitialDurationMs: fc.nat(),
    suspendMaximumDurationMs: fc.nat(),
    suspendFactor: fc.double({ min: 0, max: 1000, noNaN: true }).map(Math.abs),
    timeoutErrorCodes: fc.array(fc.constantFrom(101504, 101505), { minLength: 1 }),
    retriesBeforeSuspension: fc.nat({ max: 1_000_000 }),
    retryDelayMs: fc.nat(),
    timeoutAction: fc.constantFrom("fault" as const, "discard" as const),
    responseTimeoutMs: fc.nat(),
    disabledErrorCodes: fc.array(fc.constantFrom(101500, 101501), { minLength: 1 }),
  },
  { requiredKeys: [], noNullPrototype: true },
);

describe("the Advanced Configurations dialog", () => {
  it("leaves behind what it was opened with when nothing is typed", () => {
    fc.assert(
      fc.property(settings, (stored) => {
        const parsed = settingsFormSchema.parse(typedSettings(stored));
        expect(settingsFromForm(parsed)).toStrictEqual(stored);
      }),
    );
  });

  it.each([
    ["suspendInitialDurationMs", "-1", "Initial Duration cannot be negative."],
    ["suspendInitialDurationMs", "1.5", "Initial Duration is a whole number of milliseconds."],
    ["suspendMaximumDurationMs", "abc", "Max Duration is a whole number of milliseconds, 0 or more."],
    ["suspendFactor", "1,5", "Factor is a number, 0 or more, for example 1.5."],
    ["retriesBeforeSuspension", "0.1", "Retries Before Suspension is a whole number."],
    ["responseTimeoutMs", "99999999999", "Duration is at most 2147483647 ms (about 24 days)."],
  ])("says at %s what is wrong with %j", (field, typed, message) => {
    const parsed = settingsFormSchema.safeParse({ ...nothing, [field]: typed });
    expect(parsed.error?.issues.map((issue) => [issue.path.join("."), issue.message])).toEqual([[field, message]]);
  });

  it("reads thousands as people write them", () => {
    const parsed = settingsFormSchema.parse({ ...nothing, responseTimeoutMs: " 30,000 ", retryDelayMs: "1 000" });
    expect(parsed).toMatchObject({ responseTimeoutMs: 30_000, retryDelayMs: 1_000 });
  });
});
