import "server-only";
import type { z } from "zod";

export const restMethods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type RestMethod = (typeof restMethods)[number];

/** One call of the REST API: what the OpenAPI document says of it, and what its requests are parsed with. */
export type Operation<Query extends z.ZodObject = z.ZodObject> = {
  method: RestMethod;
  /** Below the base path, parameters in braces. */
  path: `/${string}`;
  operationId: string;
  summary: string;
  query: Query;
  body?: z.ZodType;
  /** Whether an archive is sent instead: the part `file` of a form, or the whole body. */
  upload?: true;
  /** Fields of a form that may be sent instead of JSON; `file` is a file, the others are texts. */
  formFields?: readonly string[];
  /** `body` is JSON, `mediaType` that of octets instead; both absent: an empty body. */
  answer: {
    status: number;
    description: string;
    body?: z.ZodType;
    mediaType?: string;
    headers?: Record<string, string>;
  };
  /** Statuses of the errors that this call has beside those that all calls have. */
  errors: readonly number[];
};

/** Where the REST API stands on the publisher. */
export const restBasePath = "/api/am/publisher/v4";
