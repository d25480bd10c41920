import http from "node:http";
import https from "node:https";
import { maxDefinitionBytes } from "../../model/definition.ts";
import { endpointUrlSchema } from "../../model/endpoint-url.ts";
import { Problem } from "../../model/problem.ts";
import { lookupAllowed, RefusedAddressError } from "../apis/allowed-lookup.ts";
import { connectionErrorInWords } from "../apis/connection-error.ts";
import { isRefusedAddress } from "../apis/refused-address.ts";
import { decodeDefinition, tooLargeDefinition } from "./decode-definition.ts";

/** For everything together, redirects and the last octet included. */
const deadlineMs = 15_000;
const maxRedirects = 3;

/** Documents that are fetched at once: each may hold 10 MiB. */
const maxRunning = 5;
let running = 0;

/** A document, and the URL that it came from in the end. */
export type FetchedDefinition = { text: string; fetchedFrom: string };

/**
 * Fetches a document from where the publisher runs: over http or https, no further than three redirects, and never from
 * an address that endpoint checks are refused too. Nothing of the asker goes along. Problems: invalid at `url`;
 * too-large; too-many-requests while many others are fetched.
 */
export async function fetchDefinition(given: string): Promise<FetchedDefinition> {
  if (running >= maxRunning) {
    throw new Problem("too-many-requests", "Many documents are being fetched just now. Try again in a moment.", [], 5);
  }
  running += 1;
  try {
    const signal = AbortSignal.timeout(deadlineMs);
    let target = parseTarget(given);
    for (let redirects = 0; ; redirects += 1) {
      const answer = await ask(target, signal);
      if (answer.kind === "document") {
        return { text: decodeDefinition(answer.bytes), fetchedFrom: target.href };
      }
      if (redirects === maxRedirects) throw refused(`The URL leads on more than ${maxRedirects} times.`);
      target = parseTarget(answer.location, target);
    }
  } finally {
    running -= 1;
  }
}

/** Checked anew for each redirect, which must not lead to where a URL may not. */
function parseTarget(given: string, from?: URL): URL {
  const absolute = from && URL.canParse(given, from.href) ? new URL(given, from.href).href.replace(/#.*$/s, "") : given;
  const parsed = endpointUrlSchema.safeParse(absolute);
  if (!parsed.success) {
    if (from) throw refused("The URL leads on to what is no http or https URL without credentials.");
    throw refused(parsed.error.issues[0]?.message ?? "This is no URL.");
  }
  const target = new URL(parsed.data);
  if (isRefusedAddress(target.hostname)) throw refusedAddress();
  return target;
}

function refused(message: string): Problem {
  return new Problem("invalid", message, [{ path: "url", message }]);
}

function refusedAddress(): Problem {
  return refused("Nothing is fetched from link-local addresses: clouds keep their metadata services there.");
}

type Answer = { kind: "document"; bytes: Uint8Array } | { kind: "redirect"; location: string };

async function ask(target: URL, signal: AbortSignal): Promise<Answer> {
  try {
    const response = await send(target, signal);
    try {
      return await read(response);
    } finally {
      response.destroy();
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof RefusedAddressError) throw refusedAddress();
    // A body that stops halfway is told as a lost connection; the deadline is why.
    throw refused(connectionErrorInWords(signal.aborted ? signal.reason : error, target, deadlineMs));
  }
}

function send(target: URL, signal: AbortSignal): Promise<http.IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
  const client = target.protocol === "https:" ? https : http;
  const request = client.request(target, {
    ...{ agent: false, lookup: lookupAllowed, signal },
    headers: {
      accept: "application/yaml, application/json, text/yaml, text/plain, */*;q=0.5",
      // A compressed answer could hold more than its length says.
      "accept-encoding": "identity",
      "user-agent": "Fairlead",
    },
  });
  request.on("response", resolve);
  // Nobody asked for another protocol; Node tells such an answer here and nowhere else.
  request.on("upgrade", (response, socket) => {
    socket.destroy();
    resolve(response);
  });
  request.on("error", reject);
  request.end();
  return promise;
}

async function read(response: http.IncomingMessage): Promise<Answer> {
  const { statusCode = 0, headers } = response;
  if ([301, 302, 303, 307, 308].includes(statusCode) && headers.location !== undefined) {
    return { kind: "redirect", location: headers.location };
  }
  if (statusCode !== 200) throw refused(`It answers with status ${statusCode}; 200 and the document are expected.`);
  const encoding = headers["content-encoding"] ?? "identity";
  if (encoding !== "identity")
    throw refused(`It answers compressed (${encoding.slice(0, 20)}), although not asked to.`);
  if (Number(headers["content-length"]) > maxDefinitionBytes) throw tooLargeDefinition();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response) {
    if (!(chunk instanceof Uint8Array)) throw new Error("Octets are expected.");
    length += chunk.byteLength;
    if (length > maxDefinitionBytes) throw tooLargeDefinition();
    chunks.push(chunk);
  }
  return { kind: "document", bytes: Buffer.concat(chunks) };
}
