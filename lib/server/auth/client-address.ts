import "server-only";

/**
 * The address a request comes from. instrumentation.ts has replaced what the client claims in `X-Forwarded-For` by the
 * address of its connection, so this can be counted by.
 */
export function clientAddress(headers: Headers): string {
  return headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() || "unknown";
}
