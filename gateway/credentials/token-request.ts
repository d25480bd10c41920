import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { z } from "zod";
import type { EndpointSecurity } from "../../lib/model/endpoint-security.ts";
import { endpointTarget } from "../../lib/model/endpoint-target.ts";
import type { EndpointTls } from "../certificates/endpoint-tls.ts";
import { CredentialsError } from "./endpoint-credentials.ts";

/** A token, and for how long its server says that it is good, ms. */
export type Token = { value: string; lifetimeMs: number };

export type OAuthSecurity = Extract<EndpointSecurity, { kind: "oauth" }>;

/** For everything together. */
const deadlineMs = 10_000;
/** Longest answer that is read, octets. */
const maxAnswerBytes = 65_536;
/** A server that does not say how long a token is good is asked again after this, ms. */
const assumedLifetimeMs = 300_000;

const answerSchema = z.looseObject({
  access_token: z.string().regex(/^[\x21-\x7e]{1,8192}$/),
  token_type: z
    .string()
    .regex(/^bearer$/i)
    .optional(),
  expires_in: z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,10}$/)
        .transform(Number),
    ])
    .pipe(z.number().min(0).max(1e9))
    .optional(),
});
const refusalSchema = z.looseObject({ error: z.string().regex(/^[\x20-\x7e]{1,100}$/) });

/**
 * Asks an authorization server for a token (RFC 6749 4.3, 4.4). Redirects are not followed: the secrets are for this
 * address alone. Rejects with a {@link CredentialsError} that says what was wrong, without a secret.
 */
export async function requestToken(security: OAuthSecurity, tls: EndpointTls | undefined): Promise<Token> {
  const { status, text } = await post(security, tls).catch((error: unknown) => {
    if (error instanceof CredentialsError) throw error;
    throw new CredentialsError(`the token server could not be asked: ${causeOf(error)}`);
  });
  const body = parseJson(text);
  if (status !== 200) {
    const refusal = refusalSchema.safeParse(body);
    const said = refusal.success && !hasSecret(refusal.data.error, security) ? ` ${refusal.data.error}` : "";
    throw new CredentialsError(`the token server answered ${status}${said}`);
  }
  if (body === undefined) throw new CredentialsError("the token server answered 200 with something that is no JSON");
  const answer = answerSchema.safeParse(body);
  if (!answer.success) {
    const field = String(answer.error.issues[0]?.path[0] ?? "its answer");
    throw new CredentialsError(`the token server answered 200, but ${field} is not what RFC 6749 5.1 says`);
  }
  const { access_token: value, expires_in: seconds } = answer.data;
  return { value, lifetimeMs: seconds === undefined ? assumedLifetimeMs : seconds * 1000 };
}

/** What a server says goes to logs: one that repeats what it was told is not quoted. */
function hasSecret(text: string, { clientSecret, owner }: OAuthSecurity): boolean {
  return [clientSecret, owner?.password].some((secret) => secret && text.includes(secret));
}

function post(security: OAuthSecurity, tls: EndpointTls | undefined): Promise<{ status: number; text: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>();
  const { protocol, hostname, port, host, basePath, baseQuery } = endpointTarget(security.tokenUrl);
  const { form, authorization } = formOf(security);
  const send = protocol === "https:" ? httpsRequest : httpRequest;
  const sent = send({
    ...{ host: hostname, port, method: "POST", agent: false, signal: AbortSignal.timeout(deadlineMs) },
    path: baseQuery === "" ? basePath : `${basePath}?${baseQuery}`,
    headers: {
      Host: host,
      Accept: "application/json",
      "User-Agent": "Fairlead",
      "Content-Type": "application/x-www-form-urlencoded",
      "Content-Length": String(Buffer.byteLength(form)),
      ...(authorization !== undefined && { Authorization: authorization }),
    },
    ...(tls && { secureContext: tls.secureContext }),
  });
  sent.once("response", (response) => {
    readText(response).then((text) => resolve({ status: response.statusCode ?? 0, text }), reject);
  });
  sent.on("error", reject);
  sent.once("close", () => reject(new CredentialsError("the token server closed without an answer")));
  sent.end(form);
  return promise;
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.length;
    if (length > maxAnswerBytes)
      throw new CredentialsError(`the token server's answer is over ${maxAnswerBytes} octets`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function formOf(security: OAuthSecurity): { form: string; authorization: string | undefined } {
  const { clientId, clientSecret, clientAuthentication, scopes, customParameters, owner } = security;
  const form = new URLSearchParams(customParameters);
  form.set("grant_type", owner ? "password" : "client_credentials");
  if (owner) {
    form.set("username", owner.username);
    form.set("password", owner.password);
  }
  if (scopes.length > 0) form.set("scope", scopes.join(" "));
  if (clientAuthentication === "BODY") {
    form.set("client_id", clientId);
    form.set("client_secret", clientSecret);
    return { form: form.toString(), authorization: undefined };
  }
  // Both parts are form-encoded before they are joined. RFC 6749 2.3.1.
  const pair = `${formEncoded(clientId)}:${formEncoded(clientSecret)}`;
  return { form: form.toString(), authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}

function formEncoded(text: string): string {
  return new URLSearchParams([["", text]]).toString().slice(1);
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return "an unknown error";
  if (error.name === "AbortError" || error.name === "TimeoutError") return `no answer within ${deadlineMs / 1000} s`;
  return "code" in error ? String(error.code) : error.message;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // HTML of a proxy, more often than not.
  }
}
