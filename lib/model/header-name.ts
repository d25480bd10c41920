import { z } from "zod";

const mostCharacters = 100;

/** A name of a header field. RFC 9110 §5.1: a token. */
export const headerNameSchema = z
  .string()
  .min(1, "Enter the name of a header field, such as X-Tenant.")
  .max(mostCharacters, `A header name has at most ${mostCharacters} characters.`)
  .regex(/^[\w!#$%&'*+.^`|~-]+$/, "A header name has letters, digits and hyphens, no blanks and no colon: X-Tenant.");

/** Fields that describe one hop or delimit messages: whoever changed them would change where a message ends. RFC 9110 §7.6.1. */
export const hopFields: ReadonlySet<string> = new Set([
  "connection",
  "content-encoding",
  "content-length",
  "expect",
  "http2-settings",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);
