import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { draftFromConfig, type EndpointsDraft } from "./endpoints-draft.ts";
import { groupSettingsFormSchema, typedGroupSettings } from "./group-settings-values.ts";
import { groupSettingsInWords } from "./group-settings-words.ts";
import { endpointConfigs } from "./testing/endpoint-configs.ts";

const settings = endpointConfigs.map((config) => draftFromConfig(config, () => "blank").settings);
const nothing = typedGroupSettings({ retryNonIdempotent: false });
const check = { ...nothing.healthCheck, path: "/health" };

describe("the Failover and Health Configurations dialog", () => {
  it("leaves behind what it was opened with when nothing is typed", () => {
    fc.assert(
      fc.property(settings, (stored) => {
        expect(groupSettingsFormSchema.parse(typedGroupSettings(stored))).toEqual(stored);
      }),
    );
  });

  it("leaves nothing of a health check that is switched off", () => {
    const parsed = groupSettingsFormSchema.parse({ ...nothing, healthCheck: { ...check, rise: "-5" } });
    expect(parsed.healthCheck).toBeUndefined();
  });

  it.each([
    [{ hasHealthCheck: true }, "healthCheck.path", "The path begins with /, for example /health."],
    [
      { hasHealthCheck: true, healthCheck: { ...check, intervalMs: "100" } },
      "healthCheck.intervalMs",
      "Interval is at least 500 ms.",
    ],
    [
      { hasHealthCheck: true, healthCheck: { ...check, statusFrom: "300", statusTo: "200" } },
      "healthCheck.statusTo",
      "The highest status is not below the lowest.",
    ],
    [
      { failoverStatuses: { statuses: ["503", "ok"], allMethods: false } },
      "failoverStatuses.statuses.1",
      "A failover status is a whole number from 400 to 599.",
    ],
    [{ slowStartMs: "soon" }, "slowStartMs", "Slow start is a whole number of milliseconds from 1 to 3600000."],
  ])("says what is wrong with %j at %s", (typed, field, message) => {
    const parsed = groupSettingsFormSchema.safeParse({ ...nothing, ...typed });
    const issues = parsed.error?.issues.map((issue) => [issue.path.join("."), issue.message]);
    expect(issues).toContainEqual([field, message]);
  });
});

describe("the settings in words", () => {
  const draft: EndpointsDraft = {
    ...draftFromConfig(null, () => "blank"),
    settings: {
      retryNonIdempotent: true,
      failoverStatuses: { statuses: [502, 503], allMethods: false },
      slowStartMs: 90_000,
    },
  };
  const words = (change: Partial<EndpointsDraft>) =>
    groupSettingsInWords({ ...draft, ...change }).map(({ name, value }) => `${name}: ${value}`);
  const noCheck = "Health checks: Off: an endpoint is found down by a request that fails";

  it("are those that have an effect for the Endpoint Type", () => {
    expect(words({ kind: "single", settings: { retryNonIdempotent: false } })).toEqual([noCheck]);
    expect(words({ kind: "tiered" })).toEqual([
      "Retry non-idempotent requests: On: a POST may be carried out twice",
      "Fail over on HTTP statuses: 502, 503 to GET and HEAD",
      noCheck,
      "Slow start: Over 1 minute 30 seconds",
    ]);
  });

  it.each([
    ["single", "there is no other endpoint", "Over 1 minute 30 seconds, without effect: no load is shared"],
    ["load-balance", "Enable Failover is off", "Over 1 minute 30 seconds"],
  ] as const)("say what those that are set all the same do for %s without failover", (kind, reason, slowStart) => {
    expect(words({ kind, failover: false })).toEqual([
      `Retry non-idempotent requests: On, without effect: ${reason}`,
      `Fail over on HTTP statuses: 502, 503, for their Retry-After alone: ${reason}`,
      noCheck,
      `Slow start: ${slowStart}`,
    ]);
  });
});
