import { createHash } from "node:crypto";
import { consumerKeyPrefix } from "../../lib/model/api-key-secret.ts";
import type { JwtSettings } from "../../lib/model/jwt-settings.ts";
import type { BackendPorts } from "./backends.ts";

/** What every contender of a run is set up for. */
export type Ground = {
  /** For configurations and logs; deleted after the run. */
  directory: string;
  backends: BackendPorts;
  /** Whose token lets its bearer in where tokens are taken. */
  issuer: { settings: JwtSettings; token: string };
};

/**
 * The APIs under load; all others are only there to be routed past. The last three are for what Fairlead is compared
 * with itself in: one has a limit that nobody reaches, one has three of them, and one takes tokens.
 */
export const loadedContexts = {
  plain: "/plain",
  failing: "/failing",
  session: "/session",
  limited: "/limited",
  manyLimits: "/many-limits",
  tokens: "/tokens",
} as const;
export type LoadedContext = keyof typeof loadedContexts;

export type BenchApi = {
  context: string;
  key: string;
  isFailing: boolean;
  hasSession: boolean;
  /** Limits that apply to a request. */
  limits: 0 | 1 | 3;
  takesTokens: boolean;
};

/** `count` APIs, at least 1: first those under load, then the others. Versions are all 1.0.0. */
export function benchApis(count: number): BenchApi[] {
  const loaded: string[] = Object.values(loadedContexts);
  const others = Array.from({ length: Math.max(0, count - loaded.length) }, (_, index) => `/api-${index}`);
  return [...loaded, ...others].slice(0, count).map((context) => ({
    context,
    key: `${consumerKeyPrefix}${createHash("sha256").update(context).digest("base64url").slice(0, 43)}`,
    isFailing: context === loadedContexts.failing,
    hasSession: context === loadedContexts.session,
    limits: context === loadedContexts.manyLimits ? 3 : context === loadedContexts.limited ? 1 : 0,
    takesTokens: context === loadedContexts.tokens,
  }));
}

/** Where a loaded API is called, and with which key. */
export function callOf(name: LoadedContext): { path: string; key: string } {
  const api = benchApis(Object.keys(loadedContexts).length).find(({ context }) => context === loadedContexts[name]);
  if (!api) throw new Error(`no API ${name}`);
  return { path: `${api.context}/1.0.0`, key: api.key };
}

export function portsOf(api: BenchApi, { backends }: Ground): readonly number[] {
  return api.isFailing ? backends.failing : backends.steady;
}
