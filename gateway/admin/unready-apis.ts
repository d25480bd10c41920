import { maxUnreadyApis } from "../../lib/model/gateway-report.ts";
import type { GroupRuntime } from "../endpoints/group-runtime.ts";

/** Endpoints that are not ready, and the APIs they are of; of those at most as many as a report names. */
export function unreadyApis(groups: Iterable<GroupRuntime>): {
  unreadyEndpoints: number;
  unreadyApis: { id: string; endpoints: number }[];
} {
  const counts = new Map<string, number>();
  let unreadyEndpoints = 0;
  for (const { apiId, endpoints } of groups) {
    for (const endpoint of endpoints) {
      if (!endpoint.isOut) continue;
      unreadyEndpoints += 1;
      if (counts.size < maxUnreadyApis || counts.has(apiId)) counts.set(apiId, (counts.get(apiId) ?? 0) + 1);
    }
  }
  return { unreadyEndpoints, unreadyApis: [...counts].map(([id, count]) => ({ id, endpoints: count })) };
}
