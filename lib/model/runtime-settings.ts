import { z } from "zod";
import { corsSchema } from "./cors.ts";
import { headerRulesSchema } from "./header-rule.ts";
import { jwtSettingsSchema } from "./jwt-settings.ts";
import { chosenTierSchema } from "./rate-limit.ts";

/** Longest request body that can be set as a limit: 1 TiB. */
export const mostRequestBodyBytes = 1024 ** 4;

const limitWords = `The largest request body is a whole number of octets from 1 to ${mostRequestBodyBytes.toLocaleString("en-US")}, or null for no limit.`;

/**
 * Largest body of a request, octets after chunks are put together; null: no limit. Longer ones get 413, before anything
 * reaches an endpoint where the length is told.
 */
export const maxRequestBodyBytesSchema = z
  .number({ error: limitWords })
  .int(limitWords)
  .min(1, limitWords)
  .max(mostRequestBodyBytes, limitWords)
  .nullable();

/** How gateways serve an API beside its endpoints: one field for each rule, absent where it is at its default. */
export const runtimeSettingsSchema = z.strictObject({
  maxRequestBodyBytes: maxRequestBodyBytesSchema.default(null),
  /** Name of the tier that all requests together have to keep to; null: Unlimited. */
  rateTier: chosenTierSchema,
  /** Whether requests beyond a limit, the API's or a key's, are counted and served all the same. */
  observeRateLimits: z.boolean().default(false),
  /** Whether nothing is served but the API's operations. */
  onlyOperations: z.boolean().default(false),
  /** How browsers on other origins are answered. */
  cors: corsSchema.prefault({}),
  /** What is changed in the fields of requests and answers. */
  headerRules: headerRulesSchema.prefault({}),
  /** Which JWTs let their bearers call, beside API keys where those are on; null: none. */
  jwt: jwtSettingsSchema.nullable().default(null),
});
export type RuntimeSettings = z.infer<typeof runtimeSettingsSchema>;

/** What a save may change of them; what is absent stays. */
export const runtimeChangesSchema = z
  .strictObject({
    maxRequestBodyBytes: maxRequestBodyBytesSchema,
    rateTier: chosenTierSchema.unwrap(),
    observeRateLimits: z.boolean(),
    onlyOperations: z.boolean(),
    cors: corsSchema,
    headerRules: headerRulesSchema,
    jwt: jwtSettingsSchema.nullable(),
  })
  .partial();

export const defaultRuntimeSettings: RuntimeSettings = runtimeSettingsSchema.parse({});

/** Only what differs from the defaults: what is stored. */
export function withoutRuntimeDefaults(settings: RuntimeSettings): Record<string, unknown> {
  const defaults = new Map<string, unknown>(Object.entries(defaultRuntimeSettings));
  return Object.fromEntries(
    Object.entries(settings).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(defaults.get(name))),
  );
}

/** The tiers that stored settings name, of the API and of a JWT's consumer; null where there is none. */
export function storedRateTiers(stored: unknown): { api: string | null; consumer: string | null } {
  const settings = runtimeSettingsSchema.safeParse(stored).data;
  return { api: settings?.rateTier ?? null, consumer: settings?.jwt?.consumer?.rateTier ?? null };
}

/** Whether stored settings let nothing be served but the API's operations. */
export function servesOnlyOperations(stored: unknown): boolean {
  return runtimeSettingsSchema.safeParse(stored).data?.onlyOperations ?? false;
}
