import { z } from "zod";
import { corsFields } from "./cors.ts";
import { headerNameSchema, hopFields } from "./header-name.ts";

/** Most rules for requests, and for responses. */
export const mostHeaderRules = 50;
/** Longest value of one rule, and of all rules for one direction together, octets: heads have 16 KiB in all. */
export const mostHeaderValueBytes = 8 * 1024;

export const headerActions = ["set", "add", "remove"] as const;
export type HeaderAction = (typeof headerActions)[number];
export const headerDirections = ["request", "response"] as const;
export type HeaderDirection = (typeof headerDirections)[number];

/** Printable characters: anything else could end a line, or mean something else to the next reader. RFC 9110 §5.5. */
const valueSchema = z
  .string({ error: "Enter the value." })
  .min(1, "Enter the value; to take a header out, choose Remove.")
  .max(mostHeaderValueBytes, `A value has at most ${mostHeaderValueBytes.toLocaleString("en-US")} characters.`)
  .regex(
    /^[\x20-\x7e]*$/,
    "A value has printable ASCII characters only: no line ends, no control characters, others percent-encoded.",
  )
  .refine((value) => value.trim() === value, "A value does not begin or end with a blank.");

const ruleSchema = z.discriminatedUnion(
  "action",
  [
    /** The header has this value and no other, whatever came. */
    z.strictObject({ action: z.literal("set"), name: headerNameSchema, value: valueSchema }),
    /** One more field of this name. */
    z.strictObject({ action: z.literal("add"), name: headerNameSchema, value: valueSchema }),
    z.strictObject({ action: z.literal("remove"), name: headerNameSchema }),
  ],
  { error: "An action is set, add or remove." },
);
export type HeaderRule = z.infer<typeof ruleSchema>;

function rulesSchema(direction: HeaderDirection) {
  return z
    .array(ruleSchema)
    .max(mostHeaderRules, `At most ${mostHeaderRules} rules for ${direction}s.`)
    .superRefine((rules, context) => {
      rules.forEach(({ name, action }, index) => {
        const message = headerRuleProblem(direction, action, name);
        if (message !== undefined) context.addIssue({ code: "custom", path: [index, "name"], message });
      });
      let octets = 0;
      rules.forEach((rule, index) => {
        octets += rule.action === "remove" ? 0 : rule.name.length + rule.value.length + 4;
        if (octets <= mostHeaderValueBytes || rule.action === "remove") return;
        const message = `All rules for ${direction}s together add at most ${mostHeaderValueBytes.toLocaleString("en-US")} octets.`;
        context.addIssue({ code: "custom", path: [index, "value"], message });
      });
    });
}

/** What gateways change in requests before endpoints get them, and in endpoints' answers before clients do. In order. */
export const headerRulesSchema = z.strictObject({
  request: rulesSchema("request").default([]),
  response: rulesSchema("response").default([]),
});
export type HeaderRules = z.infer<typeof headerRulesSchema>;

/**
 * Why no rule may touch a field, in words; undefined: it may. What delimits messages, what the gateway itself vouches for,
 * and what another setting decides is not for rules.
 */
export function headerRuleProblem(direction: HeaderDirection, action: HeaderAction, name: string): string | undefined {
  const lower = name.toLowerCase();
  if (hopFields.has(lower)) {
    return `${name} belongs to one connection, or delimits messages: gateways write it themselves.`;
  }
  if (lower === "x-request-id" || lower.startsWith("x-fairlead-")) return `${name} is written by the gateway.`;
  if (lower.startsWith("sec-websocket-")) return `${name} is agreed between client and endpoint, for WebSockets.`;
  return direction === "request" ? requestProblem(action, name, lower) : responseProblem(action, name, lower);
}

function requestProblem(action: HeaderAction, name: string, lower: string): string | undefined {
  if (lower === "host") return "Host is the endpoint's own: it comes from the endpoint's URL.";
  if (lower.startsWith("x-forwarded-") || lower === "forwarded") {
    return `${name} tells endpoints who called, and is written by the gateway: endpoints could not believe it otherwise.`;
  }
  if (lower === "internal-key") return `${name} is the gateway's own key, which no endpoint gets.`;
  if (lower === "authorization" && action !== "remove") {
    return "Credentials for endpoints belong into Endpoint Security, where they are encrypted; here anybody could read them.";
  }
  return undefined;
}

function responseProblem(action: HeaderAction, name: string, lower: string): string | undefined {
  if (corsFields.has(lower)) return `${name} is decided by the CORS settings.`;
  if (lower === "date") return "Date is when the answer was made: the endpoint or the gateway says it.";
  if (lower === "set-cookie" && action !== "add") {
    return "Set-Cookie can only be added: sessions of the gateway are kept in it.";
  }
  if (lower.startsWith("ratelimit")) return `${name} is written by the gateway where there are limits.`;
  return undefined;
}

/** Rules made ready: names in lower case that are taken out, then a flat list of names and values that is put in. */
export type FieldEdits = { removed: ReadonlySet<string>; added: readonly string[] };

/** Undefined: there is nothing to do. A later rule has the last word over an earlier one. */
export function fieldEdits(rules: readonly HeaderRule[]): FieldEdits | undefined {
  if (rules.length === 0) return undefined;
  const removed = new Set<string>();
  let added: { lower: string; name: string; value: string }[] = [];
  for (const rule of rules) {
    const lower = rule.name.toLowerCase();
    if (rule.action !== "add") {
      removed.add(lower);
      added = added.filter((field) => field.lower !== lower);
    }
    if (rule.action !== "remove") added.push({ lower, name: rule.name, value: rule.value });
  }
  return { removed, added: added.flatMap(({ name, value }) => [name, value]) };
}
