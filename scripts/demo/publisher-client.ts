import { z } from "zod";
import { Failure } from "../failure.ts";

const timeoutMs = 30_000;

const keySchema = z.object({ id: z.string(), name: z.string() });

/** What the demo reads of the REST API's answers; each has more. */
export const answers = {
  api: z.looseObject({ id: z.string(), name: z.string(), version: z.string(), lifeCycleStatus: z.string() }),
  apis: z.object({ list: z.array(z.object({ id: z.string(), name: z.string(), version: z.string() })) }),
  keys: z.union([z.array(keySchema), z.object({ list: z.array(keySchema) }).transform(({ list }) => list)]),
  newKey: z.object({ apikey: z.string() }),
  nothing: z.unknown(),
};

/** The publisher's REST API, used as any script would use it. */
export class PublisherClient {
  readonly #base: string;
  readonly #authorization: string;

  constructor(publisherUrl: string, email: string, password: string) {
    this.#base = `${publisherUrl}/api/am/publisher/v4`;
    this.#authorization = `Basic ${Buffer.from(`${email}:${password}`).toString("base64")}`;
  }

  /** Calls, and parses what a call that worked answers. */
  async call<Answer>(schema: z.ZodType<Answer>, method: string, path: string, body?: unknown, etag?: string | null) {
    const response = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        authorization: this.#authorization,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(etag ? { "if-match": etag } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    if (response.status === 401) {
      throw new Failure(
        "the demo may not sign in: set FAIRLEAD_ADMIN_EMAIL and FAIRLEAD_ADMIN_PASSWORD to those of an administrator that exists",
      );
    }
    if (!response.ok)
      throw new Failure(`the publisher answered ${response.status} to ${method} ${path}: ${text.trim()}`);
    return { answer: schema.parse(text === "" ? undefined : JSON.parse(text)), etag: response.headers.get("etag") };
  }
}
