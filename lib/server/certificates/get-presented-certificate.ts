import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { connect, type DetailedPeerCertificate, type TLSSocket } from "node:tls";
import {
  type PresentedCertificate,
  type PresentedCertificateRequest,
  presentedCertificateRequestSchema,
} from "../../model/endpoint-certificate.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { lookupAllowed, RefusedAddressError } from "../apis/allowed-lookup.ts";
import { connectionErrorInWords } from "../apis/connection-error.ts";
import { isRefusedAddress } from "../apis/refused-address.ts";
import { takeHandshake } from "../auth/attempt-limit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { certificateFacts } from "./read-certificate.ts";

/** For lookup, connection and handshake together. */
const deadlineMs = 5_000;

/** Longest chain that is read; servers send three or four. */
const maxChain = 10;

/** Handshakes that run at once in this process: each holds a socket. */
const maxRunning = 20;
let running = 0;

/**
 * What an endpoint's host shows of itself in a TLS handshake from where the publisher runs, without believing it: for
 * people to look at before they trust it. Nothing is sent. Problems: invalid at `host`, also for addresses that are refused
 * and hosts with which there is no handshake; too-many-requests, also for who asks too often and where too many ask.
 */
export async function getPresentedCertificate(
  context: ServerContext,
  request: PresentedCertificateRequest,
): Promise<PresentedCertificate> {
  requirePermission(context, "endpoint.check");
  const target = new URL(`https://${parseInput(presentedCertificateRequestSchema, request).host}`);
  if (isRefusedAddress(target.hostname)) throw refused();
  if (running >= maxRunning) {
    throw new Problem("too-many-requests", "Many hosts are being asked just now. Try again in a moment.", [], 2);
  }
  await takeHandshake(context.db, { personId: context.actor.id, host: target.host }, context.now());
  running += 1;
  try {
    return await handshake(target);
  } catch (error) {
    if (error instanceof RefusedAddressError) throw refused();
    if (error instanceof Problem) throw error;
    throw invalid(connectionErrorInWords(error, target, deadlineMs));
  } finally {
    running -= 1;
  }
}

async function handshake(target: URL): Promise<PresentedCertificate> {
  const hostname = target.hostname.replace(/^\[|\]$/g, "");
  const socket = connect({
    host: hostname,
    port: target.port === "" ? 443 : Number(target.port),
    ...(isIP(hostname) === 0 && { servername: hostname }),
    lookup: lookupAllowed,
    rejectUnauthorized: false,
  });
  const deadline = AbortSignal.timeout(deadlineMs);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once("secureConnect", resolve);
      socket.once("error", reject);
      deadline.addEventListener("abort", () => reject(deadline.reason), { once: true });
    });
    return presented(socket, target);
  } finally {
    socket.on("error", () => undefined); // What it still had to say.
    socket.destroy();
  }
}

function presented(socket: TLSSocket, target: URL): PresentedCertificate {
  const chain = chainOf(socket.getPeerCertificate(true));
  const [leaf] = chain;
  if (!leaf) throw invalid("It showed no certificate.");
  const error: unknown = socket.authorizationError;
  return {
    certificate: chain.map((certificate) => certificate.toString()).join(""),
    ...certificateFacts(leaf),
    distrust: socket.authorized ? null : connectionErrorInWords(codeOf(error), target, deadlineMs),
  };
}

/** Node's error is its code as a text, or an error that has it. */
function codeOf(error: unknown): unknown {
  return typeof error === "string" ? { code: error } : error;
}

function chainOf(first: DetailedPeerCertificate): X509Certificate[] {
  const chain: X509Certificate[] = [];
  let next: DetailedPeerCertificate | undefined = first;
  while (next?.raw && chain.length < maxChain) {
    chain.push(new X509Certificate(next.raw));
    // A root is its own issuer.
    next = next.issuerCertificate === next ? undefined : next.issuerCertificate;
  }
  return chain;
}

function refused(): Problem {
  return invalid("Link-local addresses are not asked: clouds keep their metadata services there.");
}

function invalid(message: string): Problem {
  return new Problem("invalid", message, [{ path: "host", message }]);
}
