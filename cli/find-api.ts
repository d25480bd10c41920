import type { Credentials } from "./credentials.ts";
import { Failure } from "./failure.ts";
import { callRest, type Json, listOf } from "./rest.ts";

const pageSize = 500;

/** Every API that the person sees, or those that a search finds. */
export async function listApis(credentials: Credentials, query = ""): Promise<Json[]> {
  const apis: Json[] = [];
  for (;;) {
    const search = new URLSearchParams({ limit: String(pageSize), offset: String(apis.length), query });
    const page = listOf(await callRest(credentials, "GET", `/apis?${search}`));
    apis.push(...page);
    if (page.length < pageSize) return apis;
  }
}

/** One API by `NAME`, `NAME:VERSION` or its id. @throws Failure when there is none, or several versions */
export async function findApi(credentials: Credentials, reference: string): Promise<Json> {
  if (/^[0-9a-f-]{36}$/i.test(reference)) return callRest(credentials, "GET", `/apis/${reference}`);
  const [name = "", version] = reference.split(":");
  const found = (await listApis(credentials, `name:${name}`)).filter(
    (api) => api.name === name && (version === undefined || api.version === version),
  );
  const [one, ...others] = found;
  if (!one) throw new Failure(`There is no API ${reference}. See fairlead apis list.`);
  if (others.length > 0) {
    const versions = found.map((api) => `${name}:${api.version}`).join(", ");
    throw new Failure(`${name} has several versions. Say which: ${versions}.`);
  }
  return callRest(credentials, "GET", `/apis/${one.id}`);
}

/** What the publisher alone decides of an API, and no file says. */
const ofThePublisher = new Set(["id", "provider", "createdTime", "lastUpdatedTime", "revision", "definition"]);

/** An API as a file says it. */
export function fileOfApi(api: Json): Json {
  return Object.fromEntries(Object.entries(api).filter(([name]) => !ofThePublisher.has(name)));
}
