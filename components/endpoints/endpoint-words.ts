import type { EndpointConfigKind, KeyType, sessionKinds } from "@/lib/model/endpoint-config.ts";

/** Names of the documented publisher, exactly. */
export const keyTypeNames = { production: "Production", sandbox: "Sandbox" } as const satisfies Record<KeyType, string>;

export const endpointTypeNames = {
  single: "None",
  failover: "Failover",
  "load-balance": "Load Balanced",
} as const satisfies Record<EndpointConfigKind, string>;

export const endpointTypeSummaries = {
  single: "Not Configured",
  failover: "Failover Endpoints",
  "load-balance": "Load Balanced Endpoints",
} as const satisfies Record<EndpointConfigKind, string>;

export const protocolNames = { rest: "HTTP/REST Endpoint", soap: "HTTP/SOAP Endpoint" } as const;

export const sessionNames = {
  none: "None",
  transport: "Transport",
  soap: "SOAP",
  "client-id": "Client ID",
} as const satisfies Record<(typeof sessionKinds)[number], string>;

/** Heading of the endpoints of one key type. */
export function groupHeading(kind: "load-balance" | "failover", keyType: KeyType): string {
  return `${keyTypeNames[keyType]} ${kind === "failover" ? "Failover" : "Loadbalanced"} Endpoints`;
}
