import { z } from "zod";
import { endpointUrlSchema } from "./endpoint-url.ts";

export const endpointCheckMethods = ["GET", "HEAD"] as const;

/** What to ask of an endpoint: its URL, and how. `path` is appended to the URL's own path, as the gateway appends. */
export const endpointCheckRequestSchema = z.strictObject({
  url: endpointUrlSchema,
  method: z.enum(endpointCheckMethods, { error: "The method is GET or HEAD." }).default("GET"),
  path: z
    .string()
    .trim()
    .max(2000, "A path has at most 2,000 characters.")
    .regex(/^$|^[/?][\x21-\x7e]*$/, "A path begins with / and has no spaces.")
    .default(""),
});
export type EndpointCheckRequest = z.input<typeof endpointCheckRequestSchema>;

/** What an endpoint answered when it was asked. It informs; nothing depends on it. */
export type EndpointCheck = {
  /** HTTP status of the answer, a redirect's included; null when there was none. */
  statusCode: number | null;
  statusMessage: string;
  /** From the start, name lookup included, until the response headers or the failure, ms. */
  latencyMs: number;
  /** Of https only: the negotiated protocol, and until when the certificate is valid. */
  tls?: { protocol: string; validTo: Date | null };
  /** Why there was no answer, in words. */
  error?: string;
};
