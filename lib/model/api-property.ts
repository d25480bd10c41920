import { z } from "zod";

/** Most properties of one API. */
export const mostProperties = 50;
/** Longest name and value, in characters: what WSO2 takes. */
export const longestPropertyName = 80;
export const longestPropertyValue = 900;

/** Names that mean something else before a colon in a search. Source: WSO2's reserved words. */
export const reservedPropertyNames = [
  ...["provider", "version", "context", "status", "description", "subcontext", "doc", "lcstate", "name", "tags"],
] as const;

const nameSchema = z
  .string({ error: "A name is a text." })
  .trim()
  .min(1, "Enter a name.")
  .max(longestPropertyName, `A name has at most ${longestPropertyName} characters.`)
  .regex(/^\S*$/, "A name has no spaces.")
  .regex(/^[^:"]*$/, 'A name has no : and no ": in a search they end it.')
  .regex(/^\P{C}*$/u, "A name has characters that can be seen only.")
  .refine((name) => !reservedPropertyNames.some((word) => word === name.toLowerCase()), {
    error: `These names have a meaning in searches: ${reservedPropertyNames.join(", ")}. Choose another one.`,
  });

const valueSchema = z
  .string({ error: "A value is a text: put a number in quotes." })
  .trim()
  .min(1, "Enter a value.")
  .max(longestPropertyValue, `A value has at most ${longestPropertyValue} characters.`)
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u, "A value is one line, without control characters.");

/** Something that is known of an API beside its settings, for example its team. Gateways do not look at it. */
export const apiPropertySchema = z.object({ name: nameSchema, value: valueSchema });
export type ApiProperty = z.infer<typeof apiPropertySchema>;

/** The properties of an API, in the order that they were given in; names differ by more than their case. */
export const apiPropertiesSchema = z
  .array(apiPropertySchema)
  .max(mostProperties, `At most ${mostProperties} properties.`)
  .superRefine((properties, context) => {
    const names = new Set<string>();
    properties.forEach(({ name }, index) => {
      const lower = name.toLowerCase();
      if (names.has(lower))
        context.addIssue({ code: "custom", path: [index, "name"], message: `There is a property ${name} already.` });
      names.add(lower);
    });
  });
