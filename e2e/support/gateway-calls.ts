import { isRecord } from "./rest.ts";

/** Which backend answered a call through the gateway, or the status and code that the gateway gave. */
export async function callBackend(url: string, headers: Record<string, string> = {}): Promise<string> {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(40_000) });
  const body: unknown = await response.json();
  if (isRecord(body) && typeof body.backend === "string") return body.backend;
  return `${response.status} ${isRecord(body) ? String(body.code) : "?"}`;
}

/** The answers to several calls, one after the other. */
export async function callBackends(
  url: string,
  count: number,
  headers: Record<string, string> = {},
): Promise<string[]> {
  const answers: string[] = [];
  for (let call = 0; call < count; call += 1) answers.push(await callBackend(url, headers));
  return answers;
}
