import type { Api } from "./api.ts";

type Asking = Pick<Api, "apiKeyRequired" | "runtime">;

/** Whether anybody may call an API, without a key or a token. */
export function isOpenApi({ apiKeyRequired, runtime }: Asking): boolean {
  return !apiKeyRequired && runtime.jwt === null;
}

/** A header field with a place for what callers show; undefined: an open API asks for nothing. */
export function callerCredential(api: Asking): { name: string; value: string } | undefined {
  if (api.apiKeyRequired) return { name: "apikey", value: "YOUR_KEY" };
  return api.runtime.jwt ? { name: "Authorization", value: "Bearer YOUR_TOKEN" } : undefined;
}
