import { type SnapshotApi, snapshotApiSchema } from "../../lib/model/snapshot.ts";
import type { ApiGroups, EndpointRegistry } from "../endpoints/registry.ts";
import type { LimitMemory } from "../limits/limit-ledger.ts";
import { RateLimits } from "../limits/rate-limits.ts";
import type { GatewayApi } from "../routing/gateway-api.ts";
import { type ServingRules, servingRules } from "../routing/serving-rules.ts";
import type { TokenChecks } from "../tokens/token-checks.ts";
import type { ApiUpdate } from "./configuration-update.ts";

type Opened = Pick<GatewayApi, "api" | "groups" | "rules">;

/**
 * An API at one worker. Most of thousands get no request in a day: until the first one comes, an API is a route and a
 * line of text.
 */
export class ServedApi implements GatewayApi {
  readonly id: string;
  readonly context: string;
  readonly version: string;
  readonly isDefaultVersion: boolean;
  readonly #registry: EndpointRegistry;
  readonly #tokens: TokenChecks | undefined;
  readonly #limits: LimitMemory | undefined;
  #document: string;
  #open: Opened | undefined;

  /** @param tokens absent: no API takes any, as where nobody is served */
  constructor(
    { id, context, version, isDefaultVersion, document, limits }: ApiUpdate,
    registry: EndpointRegistry,
    tokens?: TokenChecks,
  ) {
    this.id = id;
    this.context = context;
    this.version = version;
    this.isDefaultVersion = isDefaultVersion;
    this.#registry = registry;
    this.#tokens = tokens;
    this.#limits = limits;
    this.#document = document;
  }

  get api(): SnapshotApi {
    return this.open().api;
  }

  get groups(): ApiGroups {
    return this.open().groups;
  }

  get rules(): ServingRules {
    return this.open().rules;
  }

  /** Reads the document and makes the groups, once. */
  open(): Opened {
    if (this.#open) return this.#open;
    const api = snapshotApiSchema.parse(JSON.parse(this.#document));
    this.#document = "";
    const rateLimits = RateLimits.of(api, this.#limits, this.#registry.thread);
    const tokens = this.#tokens?.for(api);
    this.#open = { api, groups: this.#registry.put(api), rules: servingRules(api, { rateLimits, tokens }) };
    return this.#open;
  }
}
