import type { ApiLive, EndpointAtGateway, LiveSwitch } from "@/lib/model/api-live.ts";
import type { KeyType } from "@/lib/model/endpoint-config.ts";
import type { MinuteCount } from "@/lib/model/gateway-ask.ts";

/** What a person is told of an endpoint, from the worst to the best. */
export const memberStates = ["off", "down", "suspended", "timeout", "draining", "warming", "ready"] as const;
export type MemberState = (typeof memberStates)[number];

/** How an endpoint is at one gateway. */
export type MemberAtGateway = {
  host: string;
  state: MemberState;
  /** When the next call may try it, or it has its whole share; ms of `performance.now()`. */
  until: number | undefined;
  lastError: EndpointAtGateway["lastError"];
  requests: number;
  failures: number;
};

/** How an endpoint is, at all gateways together. */
export type MemberLive = {
  url: string;
  /** The worst of the gateways'. */
  state: MemberState;
  /** The earliest of the gateways that have this state. */
  until: number | undefined;
  lastError: EndpointAtGateway["lastError"];
  /** The last five minutes, the oldest first. */
  minutes: readonly MinuteCount[];
  /** In these minutes. */
  requests: number;
  failures: number;
  /** Part of the calls of its group in these minutes, 0 to 1; undefined while there were none. */
  share: number | undefined;
  /** Most calls in one minute at any endpoint of its group: what bars are drawn against. */
  most: number;
  switched: LiveSwitch | undefined;
  gateways: readonly MemberAtGateway[];
  /** Whether another endpoint of its group takes calls at every gateway that answers. */
  hasReadyPeer: boolean;
};

const shownMinutes = 5;

export function memberKey(keyType: KeyType, endpointId: string): string {
  return `${keyType} ${endpointId}`;
}

/**
 * Every endpoint of a document, by {@link memberKey}.
 *
 * @param receivedAt when the document came, ms of `performance.now()`
 */
export function membersOf(live: ApiLive, receivedAt: number): Map<string, MemberLive> {
  const members = new Map<string, MemberLive>();
  for (const [keyType, group] of Map.groupBy(live.endpoints, (endpoint) => endpoint.keyType)) {
    const byId = Map.groupBy(group, ({ id }) => id);
    const counted = new Map([...byId].map(([id, endpoints]) => [id, minutesOf(endpoints)]));
    const all = [...counted.values()].flat();
    const total = sum(all, "requests");
    const most = Math.max(1, ...all.map(({ requests }) => requests));
    for (const [id, endpoints] of byId) {
      const minutes = counted.get(id) ?? [];
      const requests = sum(minutes, "requests");
      members.set(memberKey(keyType, id), {
        ...togetherOf(live, endpoints, receivedAt),
        minutes,
        requests,
        failures: sum(minutes, "failures"),
        share: total > 0 ? requests / total : undefined,
        most,
        switched: live.switches.find((one) => one.keyType === keyType && one.endpointId === id),
        hasReadyPeer: hasReadyPeer(group, id),
      });
    }
  }
  return members;
}

/** The state that a person is told of. */
export function memberStateOf(endpoint: EndpointAtGateway): MemberState {
  if (endpoint.state === "OFF") return "off";
  if (endpoint.healthDown) return "down";
  if (endpoint.state === "SUSPENDED") return "suspended";
  if (endpoint.state === "TIMEOUT") return "timeout";
  if (endpoint.draining) return "draining";
  return endpoint.warmingUntil ? "warming" : "ready";
}

function togetherOf(live: ApiLive, endpoints: readonly EndpointAtGateway[], receivedAt: number) {
  const gateways = endpoints.map((endpoint): MemberAtGateway => {
    const ahead = endpoint.nextRetryAt ?? endpoint.warmingUntil;
    const minutes = minutesOf([endpoint]);
    return {
      host: live.gateways.find(({ id }) => id === endpoint.gatewayId)?.host ?? endpoint.gatewayId,
      state: memberStateOf(endpoint),
      until: ahead ? receivedAt + ahead.inMs : undefined,
      lastError: endpoint.lastError,
      requests: sum(minutes, "requests"),
      failures: sum(minutes, "failures"),
    };
  });
  const state = memberStates.find((known) => gateways.some((gateway) => gateway.state === known)) ?? "ready";
  const untils = gateways.flatMap((gateway) => (gateway.state === state ? (gateway.until ?? []) : []));
  const errors = endpoints.flatMap(({ lastError }) => lastError ?? []).toSorted((a, b) => b.at.localeCompare(a.at));
  return {
    url: endpoints[0]?.url ?? "",
    state,
    until: untils.length > 0 ? Math.min(...untils) : undefined,
    lastError: errors[0] ?? null,
    gateways,
  };
}

/** The counts of several gateways, minute by minute; gateways begin their minutes at different seconds. */
function minutesOf(endpoints: readonly EndpointAtGateway[]): MinuteCount[] {
  return Array.from({ length: shownMinutes }, (_, index) => {
    const ago = shownMinutes - 1 - index;
    const counts = endpoints.flatMap(({ minutes }) => minutes.filter((minute) => minute.ago === ago));
    return { ago, requests: sum(counts, "requests"), failures: sum(counts, "failures") };
  });
}

function sum(counts: readonly MinuteCount[], field: "requests" | "failures"): number {
  return counts.reduce((total, count) => total + count[field], 0);
}

function hasReadyPeer(group: readonly EndpointAtGateway[], id: string): boolean {
  const gatewayIds = new Set(group.map(({ gatewayId }) => gatewayId));
  return [...gatewayIds].every((gatewayId) =>
    group.some((peer) => peer.gatewayId === gatewayId && peer.id !== id && takesCalls(memberStateOf(peer))),
  );
}

/** Whether calls that belong to no session go there. */
export function takesCalls(state: MemberState): boolean {
  return state === "ready" || state === "warming";
}
