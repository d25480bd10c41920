import type { KeyType } from "@/lib/model/endpoint-config.ts";
import type { Operation } from "@/lib/model/operation.ts";
import { type TryOutRequest, tryOutMethods } from "@/lib/model/try-out.ts";

/** A name and a value that are being typed; rows without a name are not sent. */
export type Pair = { id: number; name: string; value: string };

export type TryOutMethod = TryOutRequest["method"];

/** The form of a try-out. */
export type TryOutDraft = {
  keyType: KeyType;
  method: TryOutMethod;
  /** A template such as /orders/{id}, or a path as it is, with its query. */
  path: string;
  /** Values of the template's parameters. */
  parameters: Readonly<Record<string, string>>;
  query: readonly Pair[];
  headers: readonly Pair[];
  /** "" sends none. */
  contentType: string;
  body: string;
};

/** Methods whose requests have a body. */
const withBody = new Set<TryOutMethod>(["POST", "PUT", "PATCH", "DELETE"]);

export function hasBody(method: TryOutMethod): boolean {
  return withBody.has(method);
}

/** Methods after which nothing is different, however often they are sent. RFC 9110 9.2.2. */
export function isIdempotent(method: TryOutMethod): boolean {
  return method !== "POST" && method !== "PATCH";
}

/** Names of the parameters of a path template, in order. */
export function parameterNames(path: string): string[] {
  return [...new Set([...path.matchAll(/\{([^{}/]+)\}/g)].map(([, name = ""]) => name))];
}

/** The path and query that are sent: parameters filled in and encoded, rows of the query behind what the path has. */
export function filledPath({ path, parameters, query }: TryOutDraft): string {
  const filled = path.replaceAll(/\{([^{}/]+)\}/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ""));
  const pairs = query
    .filter(({ name }) => name.trim() !== "")
    .map(({ name, value }) => `${encodeURIComponent(name.trim())}=${encodeURIComponent(value)}`);
  if (pairs.length === 0) return filled;
  return `${filled}${filled.includes("?") ? "&" : "?"}${pairs.join("&")}`;
}

/** What is sent for the form. */
export function requestOf(draft: TryOutDraft): TryOutRequest {
  const sendsBody = hasBody(draft.method) && draft.body !== "";
  const headers = draft.headers
    .filter(({ name }) => name.trim() !== "")
    .map(({ name, value }) => ({ name: name.trim(), value }));
  return {
    keyType: draft.keyType,
    method: draft.method,
    path: filledPath(draft),
    headers:
      sendsBody && draft.contentType !== ""
        ? [...headers, { name: "Content-Type", value: draft.contentType }]
        : headers,
    body: sendsBody ? draft.body : "",
  };
}

/** The form for an operation: what fits of what was typed stays. */
export function withOperation(draft: TryOutDraft, { method, path }: Pick<Operation, "method" | "path">): TryOutDraft {
  const known = tryOutMethods.find((one) => one === method) ?? "GET";
  return { ...draft, method: known, path: path.replace(/\/\*$/, "/") };
}

/** What is wrong with the form before it is sent, by field; nothing: it can be. */
export function draftProblems(draft: TryOutDraft): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  for (const name of parameterNames(draft.path)) {
    if ((draft.parameters[name] ?? "") === "") problems.set(`parameters.${name}`, `Enter a value for ${name}.`);
  }
  if (hasBody(draft.method) && /[/+]json\b/i.test(draft.contentType) && draft.body.trim() !== "") {
    const message = jsonProblem(draft.body);
    if (message !== undefined) problems.set("body", `This is no JSON: ${message}`);
  }
  return problems;
}

function jsonProblem(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
