/** An answer of the REST API: the status, the headers and the parsed body. */
export type RestAnswer = { status: number; headers: Headers; body: Record<string, unknown> };

export type RestClient = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<RestAnswer>;

/** A client of the publisher's REST API with Basic authentication, as a script would have it. */
export function restClient(publisherUrl: string, credentials: { email: string; password: string }): RestClient {
  const authorization = `Basic ${Buffer.from(`${credentials.email}:${credentials.password}`).toString("base64")}`;
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${publisherUrl}/api/am/publisher/v4${path}`, {
      method,
      headers: { authorization, ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    const parsed: unknown = text === "" ? {} : JSON.parse(text);
    if (!isRecord(parsed)) throw new Error(`The REST API answered ${text.slice(0, 100)}`);
    return { status: response.status, headers: response.headers, body: parsed };
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member of an answer that has to be a string. */
export function text(answer: Record<string, unknown>, key: string): string {
  const value = answer[key];
  if (typeof value !== "string") throw new Error(`${key} is ${JSON.stringify(value)}, not a string.`);
  return value;
}

/** A member of an answer that has to be a number. */
export function number(answer: Record<string, unknown>, key: string): number {
  const value = answer[key];
  if (typeof value !== "number") throw new Error(`${key} is ${JSON.stringify(value)}, not a number.`);
  return value;
}
