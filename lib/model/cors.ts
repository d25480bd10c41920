import { z } from "zod";
import { headerNameSchema } from "./header-name.ts";

/** Most origins, headers or methods of one list. */
export const mostCorsEntries = 50;

const anything = "*";

const originWords =
  "An origin is a scheme, a host and at most a port, as browsers send it: https://app.example.com or http://localhost:3000; * allows every one, https://*.example.com every host below.";

const originSchema = z
  .string()
  .max(300, "An origin has at most 300 characters.")
  .superRefine((origin, context) => {
    const problem = originProblem(origin);
    if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
  });

/** Methods that scripts may not use. Fetch standard, "forbidden method". */
const forbiddenMethods = /^(CONNECT|TRACE|TRACK)$/;

const methodSchema = z
  .string()
  .max(30, "A method has at most 30 characters.")
  .regex(/^(\*|[A-Z]+(-[A-Z]+)*)$/, "A method is written in capitals, such as PATCH; * allows every one.")
  .refine((method) => !forbiddenMethods.test(method), "Browsers let no script use CONNECT, TRACE or TRACK.");

/** Name for name WSO2's `corsConfiguration`, and two fields that it does not have. Defaults are WSO2's. */
const shape = {
  corsConfigurationEnabled: z.boolean(),
  accessControlAllowOrigins: listOf(originSchema, "origins"),
  accessControlAllowCredentials: z.boolean(),
  accessControlAllowHeaders: listOf(headerNameSchema, "headers"),
  accessControlAllowMethods: listOf(methodSchema, "methods"),
  /** Headers of responses that scripts may read beside the safelisted ones. */
  accessControlExposeHeaders: listOf(headerNameSchema, "headers"),
  /** How long a browser may remember a preflight, s; null: as long as it likes, which is 5 s. */
  accessControlMaxAge: z
    .number({ error: "The longest age is a whole number of seconds from 0 to 86,400, or null." })
    .int("The longest age is a whole number of seconds.")
    .min(0, "The longest age is at least 0 seconds.")
    .max(86_400, "The longest age is at most 86,400 seconds: no browser remembers a preflight for longer.")
    .nullable(),
};

/** How gateways answer browsers that call the API from another origin. Not enabled: endpoints answer them. */
export const corsSchema = z
  .strictObject({
    corsConfigurationEnabled: shape.corsConfigurationEnabled.default(false),
    accessControlAllowOrigins: shape.accessControlAllowOrigins.default([anything]),
    accessControlAllowCredentials: shape.accessControlAllowCredentials.default(false),
    accessControlAllowHeaders: shape.accessControlAllowHeaders.default([
      "authorization",
      "Access-Control-Allow-Origin",
      "Content-Type",
      "SOAPAction",
      "apikey",
      "Internal-Key",
      "testKey",
    ]),
    accessControlAllowMethods: shape.accessControlAllowMethods.default([
      "GET",
      "PUT",
      "POST",
      "DELETE",
      "PATCH",
      "OPTIONS",
    ]),
    accessControlExposeHeaders: shape.accessControlExposeHeaders.default([]),
    accessControlMaxAge: shape.accessControlMaxAge.default(null),
  })
  .superRefine((cors, context) => {
    if (!cors.corsConfigurationEnabled) return;
    for (const { field, message } of contradictions(cors)) {
      context.addIssue({ code: "custom", path: [field], message });
    }
  });
export type Cors = z.infer<typeof corsSchema>;

export const defaultCors: Cors = corsSchema.parse({});

type Contradiction = { field: keyof Cors; message: string };

function contradictions(cors: Cors): Contradiction[] {
  const found: Contradiction[] = [];
  if (cors.accessControlAllowOrigins.length === 0) {
    const message = "Name the origins that may call, or * for every one; with none, switch CORS off.";
    found.push({ field: "accessControlAllowOrigins", message });
  }
  if (!cors.accessControlAllowCredentials) return found;
  const lists = [
    ["accessControlAllowOrigins", "the origins"],
    ["accessControlAllowHeaders", "the headers"],
    ["accessControlAllowMethods", "the methods"],
    ["accessControlExposeHeaders", "the exposed headers"],
  ] as const;
  for (const [field, what] of lists) {
    if (!cors[field].includes(anything)) continue;
    const message = `With credentials, browsers refuse * (Fetch standard, "CORS protocol and credentials"): name ${what}, or leave credentials off.`;
    found.push({ field, message });
  }
  return found;
}

function listOf(entry: z.ZodType<string, string>, what: string) {
  return z
    .array(entry)
    .max(mostCorsEntries, `At most ${mostCorsEntries} ${what}.`)
    .transform((entries) => [...new Set(entries)]);
}

/** What is wrong with an origin as it is configured, with what would do; undefined: nothing. */
function originProblem(origin: string): string | undefined {
  if (origin === anything) return undefined;
  if (origin === "null") {
    return 'The origin "null" cannot be allowed: any page can send it, from a sandboxed frame.';
  }
  const [, scheme, wildcard, rest] = /^([a-z][a-z0-9+.-]*):\/\/(\*\.)?([^*]+)$/i.exec(origin) ?? [];
  if (scheme === undefined || rest === undefined) return originWords;
  const plain = serializedOrigin(scheme, rest);
  if (plain === undefined) return originWords;
  const written = plain.replace("://", `://${wildcard ?? ""}`);
  if (written !== origin) return `Browsers send this origin as ${written}: write it so.`;
  // A wildcard before a top-level domain would allow everybody below it.
  if (wildcard !== undefined && !/^[^:/]+:\/\/[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*(:\d+)?$/.test(plain)) {
    return "A wildcard stands before a domain of at least two parts: https://*.example.com.";
  }
  return undefined;
}

/** An origin as browsers write it: lower case, without a default port and without anything after the port. */
function serializedOrigin(scheme: string, rest: string): string | undefined {
  if (!URL.canParse(`${scheme}://${rest}`)) return undefined;
  const url = new URL(`${scheme}://${rest}`);
  const hasMore = url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "";
  if (hasMore || url.host === "") return undefined;
  return `${url.protocol}//${url.host.toLowerCase()}`;
}

/** Whether settings allow an origin, compared octet by octet as the Fetch standard does. Undefined: none is told. */
export function isOriginAllowed(
  { accessControlAllowOrigins }: Pick<Cors, "accessControlAllowOrigins">,
  origin: string | undefined,
): boolean {
  if (origin === undefined) return false;
  return accessControlAllowOrigins.some((allowed) => {
    if (allowed === anything || allowed === origin) return true;
    const [scheme, domain] = allowed.split("://*.");
    if (scheme === undefined || domain === undefined) return false;
    const [start, end] = [`${scheme}://`, `.${domain}`];
    if (!origin.startsWith(start) || !origin.endsWith(end)) return false;
    // Only labels may stand for the star: nothing that ends the host, such as a port, a slash or an @.
    return /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(origin.slice(start.length, origin.length - end.length));
  });
}

/** A flat list of names and values. */
type Fields = readonly string[];

/** What gateways answer with, made once for each configuration. */
export type CorsRules = {
  isAllowed: (origin: string | undefined) => boolean;
  /** Fields of every answer to this origin but those to preflights. */
  fieldsFor: (origin: string | undefined) => Fields;
  preflight: (origin: string | undefined) => { isAllowed: boolean; fields: Fields };
};

/** Undefined: CORS is not enabled, and nothing is to be done for it. */
export function corsRules(cors: Cors): CorsRules | undefined {
  if (!cors.corsConfigurationEnabled) return undefined;
  const isSameForAll = cors.accessControlAllowOrigins.includes(anything);
  const credentials = cors.accessControlAllowCredentials ? ["Access-Control-Allow-Credentials", "true"] : [];
  const exposed = listField("Access-Control-Expose-Headers", cors.accessControlExposeHeaders);
  const preflight = [
    ...listField("Access-Control-Allow-Methods", cors.accessControlAllowMethods),
    ...listField("Access-Control-Allow-Headers", cors.accessControlAllowHeaders),
    ...(cors.accessControlMaxAge === null ? [] : ["Access-Control-Max-Age", String(cors.accessControlMaxAge)]),
  ];
  const isAllowed = (origin: string | undefined) => isSameForAll || isOriginAllowed(cors, origin);
  /** Caches have to tell answers apart as soon as they differ from origin to origin, refusals too. */
  const vary = isSameForAll ? [] : ["Vary", "Origin"];
  const granted = (origin: string | undefined): string[] => {
    if (isSameForAll) return ["Access-Control-Allow-Origin", anything];
    if (origin === undefined || !isAllowed(origin)) return [];
    return ["Access-Control-Allow-Origin", origin, ...credentials];
  };
  return {
    isAllowed,
    fieldsFor(origin) {
      const grant = granted(origin);
      return [...grant, ...(grant.length > 0 ? exposed : []), ...vary];
    },
    preflight(origin) {
      const grant = granted(origin);
      const isGranted = grant.length > 0;
      return { isAllowed: isGranted, fields: [...grant, ...(isGranted ? preflight : []), ...vary] };
    },
  };
}

function listField(name: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [name, values.join(", ")];
}

/** Fields by which endpoints answer browsers themselves; where the gateway does, theirs are taken out. */
export const corsFields: ReadonlySet<string> = new Set([
  "access-control-allow-origin",
  "access-control-allow-credentials",
  "access-control-allow-headers",
  "access-control-allow-methods",
  "access-control-allow-private-network",
  "access-control-expose-headers",
  "access-control-max-age",
]);
