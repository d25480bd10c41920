import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { documentFromRow } from "../../db/api-row.ts";
import { versionedPath } from "../../model/api-naming.ts";
import { isRouted } from "../../model/lifecycle.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import {
  maxShownBytes,
  type TryOutAnswer,
  type TryOutRequest,
  tryOutDeadlineMs,
  tryOutDecisionSchema,
  tryOutRequestSchema,
} from "../../model/try-out.ts";
import { signTryOutKey } from "../api-keys/try-out-key.ts";
import { connectionErrorInWords } from "../apis/connection-error.ts";
import { getApiRow } from "../apis/find-api.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";

/** Requests that are under way at once in this process: each holds a socket and a part of an answer. */
const maxRunning = 50;
let running = 0;

/** The key of one request is good for as long as that may take. */
const keyValidityMs = tryOutDeadlineMs + 10_000;

/**
 * Sends one request to an API through the gateway, with a key that is good for this request. It goes nowhere but to the
 * gateway of this installation. Problems: invalid, not-found, forbidden; conflict while the API is not served;
 * too-many-requests.
 *
 * @param gatewayUrl where the gateway is, without a slash at its end
 * @param signal gives the request up
 */
export async function tryApi(
  context: ServerContext,
  apiId: string,
  input: TryOutRequest,
  gatewayUrl: string,
  signal: AbortSignal,
): Promise<TryOutAnswer> {
  const permission = requirePermission(context, "api-key.try-out");
  const api = documentFromRow(await getApiRow(permission, context.db, apiId));
  const asked = parseInput(tryOutRequestSchema, input);
  if (!isRouted(api.lifecycleState)) {
    throw new Problem("conflict", "Gateways do not serve this API while it is not published. Publish it first.");
  }
  if (running >= maxRunning) {
    throw new Problem("too-many-requests", "Many requests are being tried just now. Try again in a moment.", [], 2);
  }
  const expiresAtMs = context.now().getTime() + keyValidityMs;
  const key = signTryOutKey({ apiId, keyType: asked.keyType, expiresAtMs }, context.secret);
  const target = new URL(gatewayUrl);
  const path = `${target.pathname.replace(/\/$/, "")}${versionedPath(api.context, api.version)}${asked.path}`;
  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  running += 1;
  try {
    const response = await send(target, { ...asked, path, key }, AbortSignal.any([signal, deadline()]));
    const headMs = elapsed();
    const { body, bodyBytes } = await readBody(response, asked.headOnly);
    return {
      kind: "answered",
      status: response.statusCode ?? 0,
      headers: pairs(response.rawHeaders),
      body: body.toString("base64"),
      ...{ bodyBytes, isCut: !asked.headOnly && bodyBytes > body.length },
      ...{ headMs, totalMs: elapsed() },
      decision: decisionOf(response),
    };
  } catch (error) {
    if (signal.aborted) throw error;
    const message = `The gateway at ${target.origin} did not answer. ${connectionErrorInWords(error, target, tryOutDeadlineMs)}`;
    return { kind: "unreachable", message, totalMs: elapsed() };
  } finally {
    running -= 1;
  }
}

function deadline(): AbortSignal {
  return AbortSignal.timeout(tryOutDeadlineMs);
}

type Sent = {
  method: string;
  path: string;
  headers: readonly { name: string; value: string }[];
  body: string;
  key: string;
};

function send(target: URL, { method, path, headers, body, key }: Sent, signal: AbortSignal): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = (target.protocol === "https:" ? httpsRequest : httpRequest)({
    host: target.hostname.replace(/^\[|\]$/g, ""),
    port: target.port === "" ? (target.protocol === "https:" ? 443 : 80) : Number(target.port),
    ...{ method, path, signal, agent: false },
    headers: [
      ...["Host", target.host, "Internal-Key", key, "User-Agent", "Fairlead try-out", "Connection", "close"],
      ...headers.flatMap(({ name, value }) => [name, value]),
      ...(body === "" ? [] : ["Content-Length", String(Buffer.byteLength(body))]),
    ],
  });
  request.on("response", resolve);
  request.on("error", reject); // Also after the answer, when it changes nothing any more.
  request.end(body === "" ? undefined : body);
  return promise;
}

/** What is shown of a body, and how long it was. One that is longer than what is shown is read no further. */
async function readBody(response: IncomingMessage, headOnly: boolean): Promise<{ body: Buffer; bodyBytes: number }> {
  const chunks: Buffer[] = [];
  let kept = 0;
  let bodyBytes = 0;
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk)) continue;
    bodyBytes += chunk.length;
    if (!headOnly && kept < maxShownBytes) {
      const part = chunk.subarray(0, maxShownBytes - kept);
      chunks.push(part);
      kept += part.length;
    }
    if (bodyBytes > maxShownBytes) break;
  }
  return { body: Buffer.concat(chunks), bodyBytes };
}

function pairs(rawHeaders: readonly string[]): [string, string][] {
  return rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ""]] : []));
}

function decisionOf({ headers }: IncomingMessage) {
  const value = headers["x-fairlead-decision"];
  if (typeof value !== "string") return undefined;
  try {
    return tryOutDecisionSchema.safeParse(JSON.parse(value)).data;
  } catch {
    return undefined; // An endpoint that makes one up, without a gateway of ours in between.
  }
}
