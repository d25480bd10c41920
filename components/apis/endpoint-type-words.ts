import type { EndpointType } from "@/lib/model/api.ts";

/** How an endpoint type reads in lists. */
export const endpointTypeWords = {
  none: "Not configured",
  single: "Single",
  "load-balance": "Load Balanced",
  failover: "Failover",
  tiered: "Tiered",
} as const satisfies Record<EndpointType, string>;
