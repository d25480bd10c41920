import type { EndpointConfigKind, KeyType, sessionKinds } from "@/lib/model/endpoint-config.ts";

/** Names of the documented publisher, exactly. */
export const keyTypeNames = { production: "Production", sandbox: "Sandbox" } as const satisfies Record<KeyType, string>;

export const endpointTypeNames = {
  single: "None",
  failover: "Failover",
  tiered: "Tiered",
  "load-balance": "Load Balanced",
} as const satisfies Record<EndpointConfigKind, string>;

export const endpointTypeSummaries = {
  single: "Not Configured",
  failover: "Failover Endpoints",
  "load-balance": "Load Balanced Endpoints",
  tiered: "Tiered Endpoints",
} as const satisfies Record<EndpointConfigKind, string>;

export const protocolNames = { rest: "HTTP/REST Endpoint", soap: "HTTP/SOAP Endpoint" } as const;

export const sessionNames = {
  none: "None",
  transport: "Transport",
  soap: "SOAP",
  "client-id": "Client ID",
} as const satisfies Record<(typeof sessionKinds)[number], string>;

/** Endpoint Types that have several endpoints. */
export type GroupKind = Exclude<EndpointConfigKind, "single">;

/** Whether endpoints of this type share the load: then there are sessions, weights and a slow start. */
export function isBalanced(kind: EndpointConfigKind): boolean {
  return kind === "load-balance" || kind === "tiered";
}

const groupWords = {
  failover: "Failover",
  "load-balance": "Loadbalanced",
  tiered: "Tiered",
} as const satisfies Record<GroupKind, string>;

/** Heading of the endpoints of one key type. */
export function groupHeading(kind: GroupKind, keyType: KeyType): string {
  return `${keyTypeNames[keyType]} ${groupWords[kind]} Endpoints`;
}
