import { z } from "zod";
import type { Api } from "@/lib/model/api.ts";
import type { ApiChanges } from "@/lib/model/api-changes.ts";
import { formatByteSize, parseByteSize } from "@/lib/model/byte-size.ts";
import { corsSchema } from "@/lib/model/cors.ts";
import { headerRulesSchema } from "@/lib/model/header-rule.ts";
import { jwtSettingsSchema } from "@/lib/model/jwt-settings.ts";
import { maxRequestBodyBytesSchema } from "@/lib/model/runtime-settings.ts";

/** A size as it is typed; nothing: no limit. */
const typedSizeSchema = z.string().transform((typed, context) => {
  if (typed.trim() === "") return null;
  const bytes = parseByteSize(typed);
  if (bytes !== undefined) return bytes;
  context.addIssue({ code: "custom", message: "Enter octets, or a size such as 512 KiB, 10 MiB or 1 GiB." });
  return z.NEVER;
});

/** What the Runtime Configurations form holds, and the changes that it saves. */
export const runtimeFormSchema = z
  .object({
    apiKeyRequired: z.boolean(),
    largestRequestBody: typedSizeSchema.pipe(maxRequestBodyBytesSchema),
    rateTier: z.string().nullable(),
    observeRateLimits: z.boolean(),
    cors: corsSchema,
    headerRules: headerRulesSchema,
    jwt: jwtSettingsSchema.nullable(),
  })
  .transform(
    ({ apiKeyRequired, largestRequestBody, ...runtime }): ApiChanges => ({
      apiKeyRequired,
      runtime: { maxRequestBodyBytes: largestRequestBody, ...runtime },
    }),
  );
export type TypedRuntime = z.input<typeof runtimeFormSchema>;

/** The form's fields for what is stored. */
export function typedRuntime({ apiKeyRequired, runtime }: Api): TypedRuntime {
  const { maxRequestBodyBytes, rateTier, observeRateLimits, cors, headerRules, jwt } = runtime;
  return {
    apiKeyRequired,
    largestRequestBody: maxRequestBodyBytes === null ? "" : formatByteSize(maxRequestBodyBytes),
    rateTier,
    observeRateLimits,
    cors,
    headerRules,
    jwt,
  };
}

/** The field that shows what is wrong at a path of the document. */
export function runtimeFieldOf(path: string): keyof TypedRuntime {
  if (path === "runtime.rateTier") return "rateTier";
  if (path.startsWith("runtime.cors")) return "cors";
  if (path.startsWith("runtime.jwt")) return "jwt";
  if (path.startsWith("runtime.headerRules")) return "headerRules";
  return path.startsWith("runtime") ? "largestRequestBody" : "apiKeyRequired";
}
