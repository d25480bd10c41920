import { createSecureContext, getCACertificates, type SecureContext } from "node:tls";
import { fetchKeySet } from "../../jwt/fetch-key-set.ts";
import { type KeySet, KeySetError } from "../../jwt/key-set.ts";
import { isForHost } from "../../model/endpoint-certificate.ts";
import { endpointTarget } from "../../model/endpoint-target.ts";
import { Problem } from "../../model/problem.ts";
import { lookupAllowed, RefusedAddressError } from "../apis/allowed-lookup.ts";
import { getApiRow } from "../apis/find-api.ts";
import { isRefusedAddress } from "../apis/refused-address.ts";
import type { ServerContext } from "../context.ts";
import type { Permission } from "../permission/require-permission.ts";

/** Issuers that are asked at once in this process: each holds a socket, and a thread while it looks a name up. */
const maxRunning = 20;
let running = 0;

/**
 * An issuer's keys as gateways would get them, from where the publisher runs: trusted certificates of the API count.
 * Undefined keys come with the reason. Problems: invalid at `jwksUrl` for addresses that are refused; too-many-requests;
 * not-found, forbidden.
 */
export async function issuerKeys(
  permission: Permission,
  db: ServerContext["db"],
  { apiId, jwksUrl }: { apiId: string; jwksUrl: string },
): Promise<{ keys: KeySet } | { error: string }> {
  const { id } = await getApiRow(permission, db, apiId);
  if (isRefusedAddress(new URL(jwksUrl).hostname)) throw refused();
  if (running >= maxRunning) {
    throw new Problem("too-many-requests", "Many issuers are being asked just now. Try again in a moment.", [], 2);
  }
  running += 1;
  try {
    const secureContext = await trustOf(db, id, jwksUrl);
    return { keys: await fetchKeySet(jwksUrl, { lookup: lookupAllowed, secureContext }) };
  } catch (error) {
    if (error instanceof RefusedAddressError) throw refused();
    if (error instanceof KeySetError) return { error: error.message };
    throw error;
  } finally {
    running -= 1;
  }
}

async function trustOf(db: ServerContext["db"], apiId: string, jwksUrl: string): Promise<SecureContext | undefined> {
  const { protocol, hostname, port } = endpointTarget(jwksUrl);
  if (protocol !== "https:") return undefined;
  const rows = await db.endpointCertificate.findMany({
    where: { apiId, kind: "trusted" },
    select: { host: true, certificate: true },
  });
  const trusted = rows.filter(({ host }) => isForHost(host, hostname, port)).map(({ certificate }) => certificate);
  if (trusted.length === 0) return undefined;
  return createSecureContext({ ca: [...getCACertificates("default"), ...trusted], allowPartialTrustChain: true });
}

function refused(): Problem {
  const message = "Link-local addresses are not asked: clouds keep their metadata services there.";
  return new Problem("invalid", message, [{ path: "jwksUrl", message }]);
}
