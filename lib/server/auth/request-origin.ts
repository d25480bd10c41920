import "server-only";
import type { RequestOrigin } from "../context.ts";
import { clientAddress } from "./client-address.ts";

/** Browsers name themselves in a line; more of it helps nobody. */
const longestUserAgent = 300;

/** From where a request comes, for the audit log. */
export function requestOrigin(headers: Headers, credential: string): RequestOrigin {
  const userAgent = headers.get("user-agent")?.slice(0, longestUserAgent);
  return { address: clientAddress(headers), credential, ...(userAgent && { userAgent }) };
}
