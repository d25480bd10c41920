import { z } from "zod";
import type { EndpointConfig, KeyType } from "./endpoint-config.ts";
import { keyTypes } from "./endpoint-config.ts";
import { endpointUrlSchema } from "./endpoint-url.ts";
import type { ProblemItem } from "./problem.ts";
import { isRecord } from "./wso2-value.ts";

/**
 * How gateways say who they are to the endpoints of a key type. It is kept as WSO2 writes it, under `endpoint_security` of
 * the endpoint configuration, so that nothing of it is lost on the way in and out; this is what it means. Source: WSO2
 * publisher-api.yaml, EndpointSecurity.
 */
export const securityTypes = ["NONE", "BASIC", "DIGEST", "OAUTH", "APIKEY"] as const;
export type SecurityType = (typeof securityTypes)[number];

const longest = 4_096;

function required(words: string) {
  return z
    .string({ error: words })
    .min(1, words)
    .max(longest, `At most ${longest.toLocaleString("en-US")} characters are taken here.`)
    .regex(/^\P{Cc}*$/u, "Control characters such as line breaks are not taken here.");
}

const fieldName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Fields that describe one hop or the message itself: a credential in them would break the request. */
const forbiddenFields = new Set([
  ...["host", "content-length", "transfer-encoding", "connection", "keep-alive", "te", "trailer", "upgrade", "expect"],
  ...["proxy-connection", "content-type", "cookie", "x-request-id"],
]);

const login = {
  username: required("Enter the user name.").refine((name) => !name.includes(":"), {
    error: "A user name has no colon: the endpoint could not tell it from the password (RFC 7617).",
  }),
  password: required("Enter the password."),
};

const scopesSchema = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(/\s+/))])
  .transform((scopes) => scopes.map((scope) => scope.trim()).filter((scope) => scope !== ""))
  .pipe(
    z
      .array(
        z
          .string()
          .regex(
            /^[\x21\x23-\x5b\x5d-\x7e]+$/,
            'A scope has visible ASCII characters without " and \\ (RFC 6749 3.3).',
          ),
      )
      .max(50, "At most 50 scopes."),
  );

/** A parameter's value, or WSO2's record of it. */
const parameterSchema = z.union([
  z.string().max(longest),
  z.number().transform(String),
  z.boolean().transform(String),
  z.looseObject({ value: z.string().max(longest) }).transform(({ value }) => value),
]);

/** An object, or that object as a JSON text. */
const parametersSchema = z
  .preprocess(
    (value) => (typeof value === "string" ? (parseJson(value) ?? value) : value),
    z.record(z.string().max(256), parameterSchema, {
      error: "Custom parameters are names and values, as a JSON object.",
    }),
  )
  .refine((parameters) => Object.keys(parameters).length <= 50, { error: "At most 50 custom parameters." })
  .refine((parameters) => !Object.keys(parameters).some((name) => ownParameters.has(name)), {
    error: "grant_type, client_id, client_secret, username, password and scope are not custom parameters.",
  });

const ownParameters = new Set(["grant_type", "client_id", "client_secret", "username", "password", "scope"]);

const oauthShared = {
  tokenUrl: endpointUrlSchema,
  clientId: required("Enter the client ID."),
  clientSecret: required("Enter the client secret."),
  /** Where the client's own credentials go: a Basic field, or the body. RFC 6749 2.3.1. */
  clientAuthentication: z
    .enum(["HEADER", "BODY"], { error: "Client credentials go in HEADER or BODY." })
    .nullish()
    .transform((where) => where ?? "HEADER"),
  scopes: scopesSchema.nullish().transform((scopes) => scopes ?? []),
  customParameters: parametersSchema.nullish().transform((parameters) => parameters ?? {}),
};

const grantWords = "The grant type is CLIENT_CREDENTIALS or PASSWORD.";

const securitySchemas = {
  BASIC: z.looseObject(login).transform(({ username, password }) => ({ kind: "basic" as const, username, password })),
  DIGEST: z.looseObject(login).transform(({ username, password }) => ({ kind: "digest" as const, username, password })),
  OAUTH: z
    .discriminatedUnion(
      "grantType",
      [
        z.looseObject({ grantType: z.literal("CLIENT_CREDENTIALS"), ...oauthShared }),
        z.looseObject({ grantType: z.literal("PASSWORD"), ...oauthShared, ...login }),
      ],
      { error: grantWords },
    )
    .transform((given) => {
      const { tokenUrl, clientId, clientSecret, clientAuthentication, scopes, customParameters } = given;
      const owner = given.grantType === "PASSWORD" ? { username: given.username, password: given.password } : undefined;
      const client = { clientId, clientSecret, clientAuthentication };
      return { kind: "oauth" as const, tokenUrl, ...client, scopes, customParameters, owner };
    }),
  APIKEY: z
    .looseObject({
      apiKeyIdentifierType: z.enum(["HEADER", "QUERY_PARAMETER"], {
        error: "The key goes in HEADER or QUERY_PARAMETER.",
      }),
      apiKeyIdentifier: required("Enter the name of the header or query parameter."),
      apiKeyValue: required("Enter the key."),
    })
    .superRefine(({ apiKeyIdentifierType, apiKeyIdentifier, apiKeyValue }, context) => {
      const path = ["apiKeyIdentifier"];
      if (apiKeyIdentifierType !== "HEADER") return;
      // One octet a character: no field can hold another. Every request would fail.
      if (/[^\0-\xff]/.test(apiKeyValue)) {
        const message = "A header takes letters, digits and signs of ISO 8859-1 only.";
        context.addIssue({ code: "custom", path: ["apiKeyValue"], message });
      }
      if (!fieldName.test(apiKeyIdentifier)) {
        context.addIssue({ code: "custom", path, message: "A header name has letters, digits and - only." });
      } else if (forbiddenFields.has(apiKeyIdentifier.toLowerCase())) {
        context.addIssue({ code: "custom", path, message: `A key cannot go in ${apiKeyIdentifier}.` });
      }
    })
    .transform(({ apiKeyIdentifierType, apiKeyIdentifier, apiKeyValue }) => ({
      kind: "api-key" as const,
      place: apiKeyIdentifierType === "HEADER" ? ("header" as const) : ("query" as const),
      name: apiKeyIdentifier,
      value: apiKeyValue,
    })),
} as const;

/** What gateways say to endpoints; values that are secret are sealed where it is stored. */
export type EndpointSecurity = z.output<(typeof securitySchemas)[keyof typeof securitySchemas]>;

export type SecurityReadResult =
  /** `security` is undefined where there is none. */
  { ok: true; security: EndpointSecurity | undefined } | { ok: false; issues: ProblemItem[] };

/** Reads what stands under `endpoint_security` for a key type; paths of issues begin there. */
export function readEndpointSecurity(config: Pick<EndpointConfig, "extra">, keyType: KeyType): SecurityReadResult {
  const stored = storedSecurity(config, keyType);
  const type = securityTypeOf(stored);
  if (type === undefined) {
    const message = `Endpoint security is one of ${securityTypes.join(", ")}.`;
    return { ok: false, issues: [{ path: `endpoint_security.${keyType}.type`, message }] };
  }
  if (type === "NONE") return { ok: true, security: undefined };
  const read = securitySchemas[type].safeParse(withUpperCaseWords(stored));
  if (read.success) return { ok: true, security: read.data };
  const issues = read.error.issues.map((issue) => ({
    path: ["endpoint_security", keyType, ...issue.path].join("."),
    message: issue.message,
  }));
  return { ok: false, issues };
}

/** Everything that is wrong with the endpoint security of a configuration. */
export function endpointSecurityIssues(config: EndpointConfig): ProblemItem[] {
  return keyTypes.flatMap((keyType) => {
    const read = readEndpointSecurity(config, keyType);
    return read.ok ? [] : read.issues;
  });
}

/** What WSO2's form holds for a key type; an empty record where there is nothing. */
export function storedSecurity({ extra }: Pick<EndpointConfig, "extra">, keyType: KeyType): Record<string, unknown> {
  const all = extra?.endpoint_security;
  const one = isRecord(all) ? all[keyType] : undefined;
  return isRecord(one) ? one : {};
}

/** The type that is in effect; undefined for one that nobody knows. WSO2 has written it in several spellings. */
export function securityTypeOf({ enabled, type }: Record<string, unknown>): SecurityType | undefined {
  if (enabled !== true && enabled !== "true") return "NONE";
  if (type === undefined || type === null || type === "") return "NONE";
  const word = typeof type === "string" ? type.toUpperCase().replace(/[^A-Z]/g, "") : "";
  return securityTypes.find((known) => known === word);
}

function withUpperCaseWords(stored: Record<string, unknown>): Record<string, unknown> {
  const words = ["grantType", "apiKeyIdentifierType", "clientAuthentication"].flatMap((key) => {
    const value = stored[key];
    return typeof value === "string" ? [[key, value.toUpperCase()]] : [];
  });
  return { ...stored, ...Object.fromEntries(words) };
}

function parseJson(text: string): unknown {
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Refused by the schema, which wants an object.
  }
}
