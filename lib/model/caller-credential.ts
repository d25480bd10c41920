import type { Api } from "./api.ts";

type Asking = Pick<Api, "apiKeyRequired" | "runtime">;

/** Whether anybody may call an API, without a key or a token. */
export function isOpenApi({ apiKeyRequired, runtime }: Asking): boolean {
  return !apiKeyRequired && runtime.jwt === null;
}

/** What keys are good for where they are not the one way in; undefined: they are. */
export function keysNote({ apiKeyRequired, runtime: { jwt } }: Asking): string | undefined {
  if (apiKeyRequired) return jwt ? `Tokens of ${jwt.issuer} let callers in as well.` : undefined;
  return jwt
    ? `API-key security is off: callers show tokens of ${jwt.issuer}, and keys let nobody in.`
    : "API-key security is off: anybody may call, and keys are not looked at.";
}

/** A header field with a place for what callers show; undefined: an open API asks for nothing. */
export function callerCredential(api: Asking): { name: string; value: string } | undefined {
  if (api.apiKeyRequired) return { name: "apikey", value: "YOUR_KEY" };
  return api.runtime.jwt ? { name: "Authorization", value: "Bearer YOUR_TOKEN" } : undefined;
}
