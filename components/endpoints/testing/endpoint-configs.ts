import fc from "fast-check";
import { algorithms, type Endpoint, type EndpointConfig, sessionKinds } from "@/lib/model/endpoint-config.ts";

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
  })
  .map(({ id, settings, extra, settingsExtra }) =>
    endpoint(id, { settings, ...(extra && { extra }), ...(settingsExtra && { settingsExtra }) }),
  );

const lists = fc.uniqueArray(endpoints, { selector: ({ id }) => id, minLength: 2, maxLength: 5 });
const sessions = fc.record(
  { kind: fc.constantFrom(...sessionKinds), timeoutMs: fc.integer({ min: 1, max: 1_000_000 }) },
  { requiredKeys: ["kind"] },
);

/** Any configuration that can be stored. */
export const endpointConfigs: fc.Arbitrary<EndpointConfig> = fc
  .record({
    kind: fc.constantFrom("single", "load-balance", "failover"),
    which: fc.constantFrom("production", "sandbox", "both"),
    protocol: fc.constantFrom("rest", "soap"),
    retryNonIdempotent: fc.boolean(),
    extra: extras,
    session: sessions,
    failover: fc.boolean(),
    production: lists,
    sandbox: lists,
  })
  .map(
    ({ kind, which, protocol, retryNonIdempotent, extra, session, failover, production, sandbox }): EndpointConfig => {
      const shared = { protocol, retryNonIdempotent, ...(extra && { extra }) };
      const groups = <Group>(groupOf: (list: Endpoint[]) => Group) => ({
        ...(which !== "sandbox" && { production: groupOf(production) }),
        ...(which !== "production" && { sandbox: groupOf(sandbox) }),
      });
      const [algorithm] = algorithms;
      if (kind === "single") return { kind, ...shared, ...groups(([first]) => first) };
      if (kind === "load-balance") {
        return { kind, ...shared, algorithm, session, failover, ...groups((list) => list) };
      }
      return { kind, ...shared, ...groups(([primary = endpoint("none"), ...failovers]) => ({ primary, failovers })) };
    },
  );
