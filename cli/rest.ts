import type { Credentials } from "./credentials.ts";
import { Failure } from "./failure.ts";

export type Json = Record<string, unknown>;

const basePath = "/api/am/publisher/v4";
const deadlineMs = 30_000;

/** Calls the REST API. Octets are sent as an archive. @throws Failure with what is wrong, or that it cannot be reached */
export async function callRest(credentials: Credentials, method: string, path: string, body?: unknown): Promise<Json> {
  const response = await answerOf(credentials, method, path, body);
  const answer = parsed(await response.text());
  if (response.ok) return answer ?? {};
  throw failureOf(credentials, response.status, answer);
}

/** Downloads an archive. @throws Failure as above */
export async function download(credentials: Credentials, path: string): Promise<Uint8Array> {
  const response = await answerOf(credentials, "GET", path);
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  throw failureOf(credentials, response.status, parsed(await response.text()));
}

function answerOf({ url, token }: Credentials, method: string, path: string, body?: unknown): Promise<Response> {
  const isArchive = body instanceof Uint8Array;
  const contentType = isArchive ? "application/zip" : "application/json";
  return fetch(`${url.replace(/\/+$/, "")}${basePath}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { "content-type": contentType }) },
    ...(body !== undefined && { body: isArchive ? Buffer.from(body) : JSON.stringify(body) }),
    redirect: "error",
    signal: AbortSignal.timeout(deadlineMs),
  }).catch((error: unknown) => {
    throw new Failure(`${url} cannot be reached: ${reasonOf(error)}.`);
  });
}

function failureOf({ url }: Credentials, status: number, answer: Json | undefined): Failure {
  if (!answer) return new Failure(`${url} answered ${status}, and not as Fairlead does. Is the URL right?`);
  return new Failure(problemWords(status, answer));
}

/** A list of an answer; what is no object in it is left out. */
export function listOf(answer: Json, name = "list"): Json[] {
  const list = answer[name];
  return Array.isArray(list) ? list.filter(isJson) : [];
}

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function problemWords(status: number, { description, message, error }: Json): string {
  const items = Array.isArray(error) ? error.filter(isJson) : [];
  const lines = items.map(({ path, message }) => `  ${path}: ${message}`);
  const hint = status === 401 ? " Run fairlead login again." : "";
  return [`${description || message || `The publisher answered ${status}.`}${hint}`, ...lines].join("\n");
}

function parsed(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text || "{}");
    return isJson(value) ? value : undefined;
  } catch {
    return undefined; // Not of Fairlead.
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || String(error.cause) : error.message;
}
