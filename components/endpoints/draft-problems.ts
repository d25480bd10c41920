import { endpointConfigSchema, endpointsWithPaths, type KeyType, keyTypes } from "@/lib/model/endpoint-config.ts";
import type { ProblemItem } from "@/lib/model/problem.ts";
import { securityIssues } from "./endpoint-security-values.ts";
import { configFromDraft, type EndpointsDraft } from "./endpoints-draft.ts";

/** What is wrong with the form, by the field where it is shown. */
export type DraftProblems = {
  /** With no field of its own. */
  form?: string;
  session?: string;
  groups: Partial<Record<KeyType, string>>;
  /** By {@link endpointKey}, as the two below. */
  urls: ReadonlyMap<string, string>;
  weights: ReadonlyMap<string, string>;
  settings: ReadonlyMap<string, string>;
  /** By {@link poolKey}. */
  pools: ReadonlyMap<string, string>;
  /** Of endpoint security, by key type and field: `production.username`. */
  security: ReadonlyMap<string, string>;
};

/** Names an endpoint in the form: ids are unique within their key type only. */
export function endpointKey(keyType: KeyType, id: string): string {
  return `${keyType}.${id}`;
}

/** Names a pool of a tiered group in the form. */
export function poolKey(keyType: KeyType, id: string): string {
  return `${keyType}.${id}`;
}

/** Everything that the schema, which the server uses too, has to say about the form; no items: it can be saved. */
export function draftIssues(draft: EndpointsDraft): ProblemItem[] {
  const parsed = endpointConfigSchema.safeParse(configFromDraft(draft));
  if (parsed.success) return securityIssues(draft);
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join("."), message }));
  return [...issues, ...securityIssues(draft)];
}

/** Puts items with paths inside the configuration, such as `production.1.url`, to the fields of the form they name. */
export function problemsAtFields(draft: EndpointsDraft, items: readonly ProblemItem[]): DraftProblems {
  const places = endpointPlaces(draft);
  const urls = new Map<string, string>();
  const weights = new Map<string, string>();
  const settings = new Map<string, string>();
  const pools = new Map<string, string>();
  const security = new Map<string, string>();
  const problems: DraftProblems = { groups: {}, urls, weights, settings, pools, security };
  for (const { path, message } of items) {
    const place = places.find((one) => path === one.path || path.startsWith(`${one.path}.`));
    const keyType = keyTypes.find((one) => path === one || path.startsWith(`${one}.`));
    const pool = keyType && poolAt(draft, keyType, path);
    const [inSecurity, securityOf, securityField] = path.split(".");
    if (inSecurity === "endpoint_security") {
      const key = `${securityOf}.${securityField}`;
      if (!security.has(key)) security.set(key, message);
    } else if (place) {
      const field = path.slice(place.path.length + 1).split(".")[0];
      const target = field === "settings" ? settings : field === "weight" ? weights : urls;
      if (!target.has(place.key)) target.set(place.key, message);
    } else if (keyType && pool !== undefined) {
      pools.set(poolKey(keyType, pool), message);
    } else if (keyType && draft[keyType].enabled) {
      problems.groups[keyType] ??= message;
    } else if (path.startsWith("session")) {
      problems.session ??= message;
    } else {
      problems.form ??= message;
    }
  }
  return problems;
}

/** The pool that a path such as `production.1.members` is about. */
function poolAt(draft: EndpointsDraft, keyType: KeyType, path: string): string | undefined {
  const index = path.split(".")[1];
  return draft.kind === "tiered" && index !== undefined ? draft[keyType].pools[Number(index)] : undefined;
}

type Place = { path: string; key: string };

/** Where each endpoint of the form stands in the configuration that it makes. */
function endpointPlaces(draft: EndpointsDraft): Place[] {
  return keyTypes.flatMap((keyType) =>
    endpointsWithPaths(configFromDraft(draft), keyType).map(({ endpoint, path }) => ({
      path: path.join("."),
      key: endpointKey(keyType, endpoint.id),
    })),
  );
}
