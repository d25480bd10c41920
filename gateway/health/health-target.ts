import type { KeyType } from "../../lib/model/endpoint-config.ts";
import type { EndpointTarget } from "../../lib/model/endpoint-target.ts";
import type { HealthCheck } from "../../lib/model/group-settings.ts";
import type { EndpointTls } from "../certificates/endpoint-tls.ts";
import type { EndpointCredentials } from "../credentials/endpoint-credentials.ts";

/**
 * An endpoint that is checked, the same object for as long as it is the same endpoint. One that is marked down gets no
 * requests until it is marked up, which also ends a suspension. Times in ms of the monotonic clock.
 */
export type HealthTarget = {
  readonly id: string;
  readonly target: EndpointTarget;
  readonly tls?: EndpointTls | undefined;
  readonly credentials?: EndpointCredentials | undefined;
  markDown(now: number): void;
  markUp(now: number): void;
};

/** Endpoints that are checked in one way, or not at all. */
export type CheckedGroup = {
  readonly apiId: string;
  readonly keyType: KeyType;
  readonly settings: { readonly healthCheck: HealthCheck | undefined };
  readonly endpoints: readonly HealthTarget[];
};
