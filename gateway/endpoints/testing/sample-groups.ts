import type { Endpoint } from "../../../lib/model/endpoint-config.ts";
import type { EndpointGroup } from "../../../lib/model/endpoint-group.ts";
import type { EndpointSettings } from "../../../lib/model/endpoint-policy.ts";
import type { ErrorCode } from "../../../lib/model/error-code.ts";
import { PlaceLedger } from "../endpoint-places.ts";
import { GroupRuntime, type Refusal, type Selection } from "../group-runtime.ts";

/** The API that sample groups belong to. */
export const sampleApi = { id: "api-1", name: "PizzaShackAPI", version: "1.0.0" };

/** An endpoint whose URL follows its id. */
export function sampleEndpoint(id: string, settings: EndpointSettings = {}): Endpoint {
  return { id, url: `http://${id.toLowerCase()}.example:9000/`, settings };
}

type GroupChanges = Partial<Omit<EndpointGroup, "kind" | "tiers" | "mayFailOver">> & {
  members?: readonly Endpoint[];
  failover?: boolean;
};

const withoutExtras = {
  session: { kind: "none", timeoutMs: 120_000 },
  retryNonIdempotent: false,
  failoverStatuses: undefined,
  healthCheck: undefined,
  slowStartMs: 0,
} as const;

/** Settings of a load-balanced group over A, B and C with failover and without sessions, where nothing else is said. */
export function loadBalance({ members, failover, ...changes }: GroupChanges = {}): EndpointGroup {
  return {
    ...withoutExtras,
    kind: "load-balance",
    tiers: [members ?? ["A", "B", "C"].map((id) => sampleEndpoint(id))],
    mayFailOver: failover ?? true,
    ...changes,
  };
}

/** Settings of a failover group in this order. */
export function failoverGroup(ids: readonly string[], settings: EndpointSettings = {}): EndpointGroup {
  const tiers = ids.map((id) => [sampleEndpoint(id, settings)]);
  return { ...withoutExtras, kind: "failover", tiers, mayFailOver: true };
}

/** Settings of a single endpoint. */
export function singleEndpoint(id = "A", settings: EndpointSettings = {}): EndpointGroup {
  return { ...withoutExtras, kind: "single", tiers: [[sampleEndpoint(id, settings)]], mayFailOver: false };
}

/** A group as the thread that decides has it; `api` says whose it is. */
export function sampleGroup(settings: EndpointGroup, api = sampleApi): GroupRuntime {
  return groupIn(new PlaceLedger(), settings, api);
}

/** A group whose places are the next ones of a ledger. */
export function groupIn(ledger: PlaceLedger, settings: EndpointGroup, api = sampleApi): GroupRuntime {
  const [group, ...slots] = [undefined, ...settings.tiers.flat()].map(() => ledger.take());
  const ids = settings.tiers.flat().map(({ id }) => id);
  const endpoints = Object.fromEntries(ids.map((id, index) => [id, slots[index] ?? 0]));
  return new GroupRuntime(api, "production", settings, ledger, { group: group ?? 0, endpoints });
}

/** A pick that has to succeed. */
export function select(
  group: GroupRuntime,
  now = 0,
  options: { tried?: Iterable<string>; boundEndpointId?: string | undefined } = {},
): Selection {
  const picked = group.pick(new Set(options.tried), options.boundEndpointId, now);
  if (picked.kind === "refusal") throw new Error(`refused with ${picked.code}`);
  return picked;
}

/** How one request fared: the endpoints it tried, and the one that answered or what the client was told. */
export type Journey = { tried: string[]; answer: string | ErrorCode | Refusal["code"] };

/**
 * One request from beginning to end as the gateway's rules have it, where endpoints answer or fail at once. `broken`
 * names what is wrong with an endpoint.
 */
export function sendRequest(
  group: GroupRuntime,
  now: number,
  broken: Readonly<Record<string, ErrorCode>> = {},
  boundEndpointId?: string,
): Journey {
  const tried: string[] = [];
  let lastCode: ErrorCode | undefined;
  for (;;) {
    const picked = group.pick(new Set(tried), boundEndpointId, now);
    if (picked.kind === "refusal") return { tried, answer: lastCode ?? picked.code };
    tried.push(picked.endpoint.id);
    lastCode = broken[picked.endpoint.id];
    if (lastCode === undefined) {
      group.settle(picked, { kind: "success" }, now);
      return { tried, answer: picked.endpoint.id };
    }
    group.settle(picked, { kind: "error", code: lastCode }, now);
    if (!group.mayFailOver) return { tried, answer: lastCode };
  }
}
