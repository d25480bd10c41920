import fc from "fast-check";
import { algorithms, type Endpoint, type EndpointConfig, sessionKinds } from "@/lib/model/endpoint-config.ts";
import { healthCheckSchema } from "@/lib/model/group-settings.ts";

/** An endpoint for tests whose URL tells its id. */
export function endpoint(id: string, more: Partial<Endpoint> = {}): Endpoint {
  return { id, url: `http://${id}.example.com/`, settings: {}, ...more };
}

const extras = fc.option(fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.string(), { maxKeys: 2 }), {
  nil: undefined,
});

const endpoints = fc
  .record({
    id: fc.stringMatching(/^[a-z0-9]{1,8}$/),
    settings: fc.record(
      { suspendInitialDurationMs: fc.nat(), timeoutErrorCodes: fc.array(fc.constantFrom(101504, 101505)) },
      { requiredKeys: [] },
    ),
    extra: extras,
    settingsExtra: extras,
    weight: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
  })
  .map(({ id, settings, extra, settingsExtra, weight }) =>
    endpoint(id, {
      settings,
      ...(extra && { extra }),
      ...(settingsExtra && { settingsExtra }),
      ...(weight && { weight }),
    }),
  );

const lists = fc.uniqueArray(endpoints, { selector: ({ id }) => id, minLength: 2, maxLength: 5 });
const sessions = fc.record(
  { kind: fc.constantFrom(...sessionKinds), timeoutMs: fc.integer({ min: 1, max: 1_000_000 }) },
  { requiredKeys: ["kind"] },
);

const groupSettings = fc
  .record({
    failoverStatuses: fc.option(
      fc.record({ statuses: fc.array(fc.integer({ min: 400, max: 599 }), { minLength: 1 }), allMethods: fc.boolean() }),
      { nil: undefined },
    ),
    path: fc.option(fc.constantFrom("/", "/health"), { nil: undefined }),
    intervalMs: fc.integer({ min: 500, max: 60_000 }),
    slowStartMs: fc.option(fc.integer({ min: 1, max: 60_000 }), { nil: undefined }),
  })
  .map(({ failoverStatuses, path, intervalMs, slowStartMs }) => ({
    ...(failoverStatuses && { failoverStatuses }),
    ...(path && { healthCheck: healthCheckSchema.parse({ path, intervalMs }) }),
    ...(slowStartMs && { slowStartMs }),
  }));

/** Cuts a list in two or three pools. */
function inPools(list: readonly Endpoint[], cut: number) {
  const place = 1 + (cut % (list.length - 1));
  return [list.slice(0, place), list.slice(place, place + 1), list.slice(place + 1)]
    .filter(({ length }) => length > 0)
    .map((members, index) => ({ id: `pool-${index + 1}`, members }));
}

/** Any configuration that can be stored. */
export const endpointConfigs: fc.Arbitrary<EndpointConfig> = fc
  .record({
    kind: fc.constantFrom("single", "load-balance", "failover", "tiered"),
    which: fc.constantFrom("production", "sandbox", "both"),
    protocol: fc.constantFrom("rest", "soap"),
    retryNonIdempotent: fc.boolean(),
    settings: groupSettings,
    extra: extras,
    cut: fc.nat(),
    session: sessions,
    failover: fc.boolean(),
    production: lists,
    sandbox: lists,
  })
  .map(({ kind, which, protocol, retryNonIdempotent, settings, extra, cut, ...others }): EndpointConfig => {
    const { session, failover, production, sandbox } = others;
    const shared = { protocol, retryNonIdempotent, ...settings, ...(extra && { extra }) };
    const groups = <Group>(groupOf: (list: Endpoint[]) => Group) => ({
      ...(which !== "sandbox" && { production: groupOf(production) }),
      ...(which !== "production" && { sandbox: groupOf(sandbox) }),
    });
    const [algorithm] = algorithms;
    if (kind === "single") return { kind, ...shared, ...groups(([first]) => first) };
    if (kind === "tiered") return { kind, ...shared, algorithm, session, ...groups((list) => inPools(list, cut)) };
    if (kind === "load-balance") {
      return { kind, ...shared, algorithm, session, failover, ...groups((list) => list) };
    }
    return { kind, ...shared, ...groups(([primary = endpoint("none"), ...failovers]) => ({ primary, failovers })) };
  });
