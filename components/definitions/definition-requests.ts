import { z } from "zod";
import type { ActionResult, FormProblem } from "@/lib/model/action-result.ts";
import {
  type DefinitionReplacement,
  type DefinitionValidation,
  definitionReplacementSchema,
  definitionValidationSchema,
} from "@/lib/model/definition-answer.ts";
import type { ProblemKind } from "@/lib/model/problem.ts";

/** Where a document comes from. */
export type DefinitionSource =
  | { kind: "file"; file: File }
  | { kind: "text"; text: string }
  | { kind: "url"; url: string };

type Sending = {
  /** Told while the document is on its way: a share of 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
};

const base = "/api/am/publisher/v4/apis";

/** Has a document read; nothing is kept. The answer holds the document too. */
export async function validateDefinition(
  source: DefinitionSource,
  sending: Sending = {},
): Promise<ActionResult<DefinitionValidation>> {
  const path = `${base}/validate-openapi?returnContent=true`;
  return send("POST", path, formOf(source), definitionValidationSchema, sending);
}

/** What a new API is beside its document. */
export type ImportedProperties = {
  name: string;
  context: string;
  version: string;
  endpointUrl?: string;
  publish: boolean;
};

/** Creates an API of a document. */
export async function importDefinition(
  text: string,
  properties: ImportedProperties,
): Promise<ActionResult<{ id: string }>> {
  const form = formOf({ kind: "text", text });
  form.set("additionalProperties", JSON.stringify(properties));
  return send("POST", `${base}/import-openapi`, form, z.object({ id: z.string() }));
}

/** Gives an API another document, or tells what that would change. */
export async function replaceDefinition(
  apiId: string,
  text: string,
  { revision, comment, dryRun }: { revision: number; comment: string; dryRun: boolean },
): Promise<ActionResult<DefinitionReplacement>> {
  const query = new URLSearchParams({ comment, dryRun: String(dryRun) });
  const path = `${base}/${apiId}/swagger?${query}`;
  const headers = { "If-Match": `"${revision}"` };
  return send("PUT", path, formOf({ kind: "text", text }), definitionReplacementSchema, { headers });
}

/** As a file, so that the document arrives as it was written: forms change the ends of lines in texts. */
function formOf(source: DefinitionSource): FormData {
  const form = new FormData();
  if (source.kind === "url") form.set("url", source.url);
  else form.set("file", source.kind === "file" ? source.file : new Blob([source.text]), "definition");
  return form;
}

const errorSchema = z.object({
  description: z.string(),
  error: z.array(z.object({ path: z.string(), message: z.string() })),
});

const kinds: Record<number, ProblemKind> = {
  400: "invalid",
  401: "unauthenticated",
  403: "forbidden",
  404: "not-found",
  409: "conflict",
  412: "stale",
  413: "too-large",
  415: "unsupported-media-type",
  429: "too-many-requests",
};

/** By XMLHttpRequest, which tells how much has been sent. */
function send<Schema extends z.ZodType>(
  method: "POST" | "PUT",
  path: string,
  form: FormData,
  schema: Schema,
  { onProgress, signal, headers = {} }: Sending & { headers?: Record<string, string> } = {},
): Promise<ActionResult<z.output<Schema>>> {
  const { promise, resolve } = Promise.withResolvers<ActionResult<z.output<Schema>>>();
  const request = new XMLHttpRequest();
  const fail = (message: string) => resolve({ ok: false, problem: { kind: "unexpected", message, items: [] } });
  request.open(method, path);
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.timeout = 60_000;
  request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0);
  request.onload = () => {
    const body: unknown = jsonOf(request.responseText);
    const parsed = schema.safeParse(body);
    if (request.status < 300 && parsed.success) resolve({ ok: true, value: parsed.data });
    else resolve({ ok: false, problem: problemOf(request.status, body) });
  };
  request.onerror = () => fail("The publisher did not answer. Is the connection there? Nothing was saved; try again.");
  request.ontimeout = () => fail("The publisher did not answer within a minute. Try again.");
  request.onabort = () => fail("It was stopped.");
  signal?.addEventListener("abort", () => request.abort());
  request.send(form);
  return promise;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Not from the publisher: something before it answered.
  }
}

function problemOf(status: number, body: unknown): FormProblem {
  const error = errorSchema.safeParse(body).data;
  const message = error?.description ?? `Something went wrong: the answer was ${status}. Try again.`;
  return { kind: kinds[status] ?? "unexpected", message, items: error?.error ?? [] };
}
