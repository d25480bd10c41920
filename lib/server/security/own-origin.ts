/**
 * Whether a page of this publisher made the request, by its `Origin` (RFC 6454): browsers send it with everything that
 * changes something, and no page can forge it. The host is what the browser asked for, also behind a proxy that tells it by
 * `X-Forwarded-Host`; a page of another site cannot set that header either.
 */
export function isFromOwnOrigin(headers: Headers): boolean {
  const origin = headers.get("origin");
  if (origin === null || !URL.canParse(origin)) return false;
  const { protocol, host } = new URL(origin);
  if (protocol !== "http:" && protocol !== "https:") return false;
  return host === headers.get("x-forwarded-host")?.split(",")[0]?.trim() || host === headers.get("host");
}

/** Whether a method of HTTP only reads (RFC 9110 9.2.1). */
export function isSafeMethod(method: string): boolean {
  return method === "GET" || method === "HEAD" || method === "OPTIONS";
}
