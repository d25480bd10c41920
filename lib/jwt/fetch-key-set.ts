import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import type { SecureContext } from "node:tls";
import { endpointTarget } from "../model/endpoint-target.ts";
import { type KeySet, KeySetError, readKeySet } from "./key-set.ts";

/** For everything together. */
const deadlineMs = 5_000;
/** Longest answer that is read, octets. */
const maxAnswerBytes = 262_144;

export type FetchOptions = {
  /** For hosts that have certificates of their own. */
  secureContext?: SecureContext | undefined;
  /** Where names are looked up; absent: as Node does. */
  lookup?: RequestOptions["lookup"];
};

/**
 * Gets an issuer's keys. Redirects are not followed: who may publish keys is said by the URL alone. Rejects with a
 * {@link KeySetError}, or with what `lookup` threw.
 */
export async function fetchKeySet(url: string, { secureContext, lookup }: FetchOptions = {}): Promise<KeySet> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const { protocol, hostname, port, host, basePath, baseQuery } = endpointTarget(url);
  const send = protocol === "https:" ? httpsRequest : httpRequest;
  const sent = send({
    ...{ host: hostname, port, agent: false, signal: AbortSignal.timeout(deadlineMs) },
    path: baseQuery === "" ? basePath : `${basePath}?${baseQuery}`,
    headers: { Host: host, Accept: "application/jwk-set+json, application/json", "User-Agent": "Fairlead" },
    ...(secureContext && { secureContext }),
    ...(lookup && { lookup }),
  });
  sent.once("response", (response) => {
    textOf(response).then(resolve, reject);
  });
  sent.on("error", reject);
  sent.once("close", () => reject(new KeySetError("the server closed without an answer")));
  sent.end();
  try {
    return readKeySet(await promise);
  } catch (error) {
    throw inWords(error);
  } finally {
    sent.destroy();
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  const { statusCode = 0 } = response;
  if (statusCode >= 300 && statusCode < 400)
    throw new KeySetError(`the server answered ${statusCode}, and redirects are not followed`);
  if (statusCode !== 200) throw new KeySetError(`the server answered ${statusCode}`);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.length;
    if (length > maxAnswerBytes) throw new KeySetError(`the answer is over ${maxAnswerBytes / 1_024} KiB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** What Node says of connections, as far as it helps; what is none of its errors stays what it is. */
function inWords(error: unknown): unknown {
  if (error instanceof KeySetError || !(error instanceof Error)) return error;
  if (error.name === "AbortError" || error.name === "TimeoutError")
    return new KeySetError(`no whole answer within ${deadlineMs / 1_000} s`, { cause: error });
  if (!("code" in error) || typeof error.code !== "string") return error;
  return new KeySetError(`the server could not be asked: ${error.code}`, { cause: error });
}
