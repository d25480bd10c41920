import { z } from "zod";
import { chosenTierSchema } from "./rate-limit.ts";

export const operationMethods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"] as const;
export type OperationMethod = (typeof operationMethods)[number];

/** Most operations of one API. */
export const mostOperations = 5_000;

/** Path of an operation below the API's own: a template such as "/orders/{id}", or "/*" for everything below. */
export const operationPathSchema = z
  .string({ error: "A path is a text such as /orders/{id}." })
  .max(500, "A path has at most 500 characters.")
  .superRefine((path, context) => {
    const message = pathProblem(path);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });

function pathProblem(path: string): string | undefined {
  if (!path.startsWith("/")) return "A path begins with a slash, for example /orders/{id}.";
  if (/[\s\p{Cc}]/u.test(path)) return "A path has no spaces or line breaks: write a space as %20.";
  if (/[?#]/.test(path)) return "A path ends before ? and #: the query belongs to no operation.";
  if (/\{[^{}/]*(?:[{/]|$)|^[^{]*\}|\}[^{]*\}|\{\}/.test(path)) {
    return "A parameter is a name in braces within one segment, as in /orders/{id}.";
  }
  const star = path.indexOf("*");
  if (star !== -1 && (star !== path.length - 1 || path.at(-2) !== "/")) {
    return "A * stands for everything below, so it is the whole last segment, as in /orders/*.";
  }
  return undefined;
}

/** One operation of an API: what is served of it, and how. */
export const operationSchema = z.strictObject({
  method: z.enum(operationMethods, { error: `A method is one of ${operationMethods.join(", ")}.` }),
  path: operationPathSchema,
  /** Whether callers need a key, where the API asks for keys at all. */
  secured: z.boolean().default(true),
  /** Name of the tier that its requests have to keep to; null: Unlimited. */
  rateTier: chosenTierSchema,
  summary: z.string().max(500, "A summary has at most 500 characters.").default(""),
});
export type Operation = z.infer<typeof operationSchema>;

/** A path with its parameters nameless: what two paths have in common that match the same requests. */
export function pathTemplate(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, "{}");
}

/** Method and template: one API has each once. */
export function operationKey({ method, path }: Pick<Operation, "method" | "path">): string {
  return `${method} ${pathTemplate(path)}`;
}

/** The operations of an API, in the order of its page. */
export const operationsSchema = z
  .array(operationSchema)
  .max(mostOperations, `An API has at most ${mostOperations.toLocaleString("en-US")} operations.`)
  .superRefine((operations, context) => {
    const seen = new Map<string, Operation>();
    for (const [index, operation] of operations.entries()) {
      const other = seen.get(operationKey(operation));
      if (other) {
        const { method, path } = operation;
        const message =
          other.path === path
            ? `${method} ${path} is there twice.`
            : `${method} ${path} matches what ${method} ${other.path} matches: only names differ.`;
        context.addIssue({ code: "custom", path: [index, "path"], message });
      }
      seen.set(operationKey(operation), operation);
    }
  });

/** Operations as they are stored; undefined where they are not valid. */
export function storedOperations(stored: unknown): readonly Operation[] | undefined {
  return operationsSchema.safeParse(stored).data;
}
