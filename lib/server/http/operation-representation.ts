import "server-only";
import { z } from "zod";
import { mostOperations, type Operation, operationMethods, operationPathSchema } from "../../model/operation.ts";
import { unlimitedTier } from "../../model/rate-limit.ts";
import { rateLimitInput } from "./api-key-representation.ts";

/** How WSO2 says that callers need a key, and that they need none. */
const securedType = "Application & Application User";
const openType = "None";

/** An operation as it goes out, in WSO2's words. */
export const operationRepresentation = z
  .strictObject({
    target: z.string().meta({ description: "Path below the API's own: /orders/{id}, or /* for everything." }),
    verb: z.enum(operationMethods),
    authType: z.enum([securedType, openType]).meta({ description: "None: callers need no key." }),
    throttlingPolicy: z.string().meta({ description: "Name of its rate limit; Unlimited: none." }),
    summary: z.string(),
  })
  .meta({ id: "APIOperation" });

/** An operation as it comes in. What only WSO2 knows may be there and is not looked at. */
const operationInput = z
  .object({
    target: operationPathSchema,
    verb: z.enum(operationMethods, { error: `A verb is one of ${operationMethods.join(", ")}.` }),
    authType: z.string().nullish().meta({ description: "None: callers need no key; anything else: they do." }),
    throttlingPolicy: rateLimitInput.optional(),
    summary: z.string().max(500, "A summary has at most 500 characters.").nullish(),
  })
  .meta({ id: "APIOperationInput" });

export const operationsInput = z
  .array(operationInput)
  .max(mostOperations, `An API has at most ${mostOperations.toLocaleString("en-US")} operations.`);

export function representationFromOperation(operation: Operation): z.input<typeof operationRepresentation> {
  return {
    target: operation.path,
    verb: operation.method,
    authType: operation.secured ? securedType : openType,
    throttlingPolicy: operation.rateTier ?? unlimitedTier,
    summary: operation.summary,
  };
}

export function operationFromInput(input: z.output<typeof operationInput>): Operation {
  return {
    method: input.verb,
    path: input.target,
    secured: input.authType !== openType,
    rateTier: input.throttlingPolicy ?? null,
    summary: input.summary ?? "",
  };
}

const inputNames: Record<string, string> = {
  path: "target",
  method: "verb",
  secured: "authType",
  rateTier: "throttlingPolicy",
};

/** The path of a problem as bodies name it: `operations.3.path` is `operations.3.target`. */
export function operationPath(path: string): string {
  return path.replace(
    /^(operations\.\d+\.)(\w+)$/,
    (_, place: string, name: string) => place + (inputNames[name] ?? name),
  );
}
