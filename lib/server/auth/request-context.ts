import "server-only";
import type { TokenScope } from "../../model/account.ts";
import { Problem } from "../../model/problem.ts";
import { isStorable } from "../../model/unstorable-text.ts";
import type { Actor, ServerContext } from "../context.ts";
import { database } from "../database.ts";
import { publisherEnvironment } from "../env.ts";
import { isFromOwnOrigin } from "../security/own-origin.ts";
import { auth } from "./auth.ts";
import { actorOfBasicCredentials } from "./basic-credentials.ts";
import { actorOfAccessToken } from "./bearer-token.ts";
import { clientAddress } from "./client-address.ts";
import { requestOrigin } from "./request-origin.ts";
import { findSession } from "./session.ts";

/**
 * Who sends a request to the REST API: Basic credentials, an access token, or a page of the publisher itself.
 *
 * @throws Problem "unauthenticated" or "too-many-requests"
 */
export async function requestContext(request: Request): Promise<ServerContext> {
  const now = () => new Date();
  const { actor, credential, scope, actingAdmin } = await callerOf(request, now());
  const origin = { ...requestOrigin(request.headers, credential), ...(actingAdmin && { actingAdmin }) };
  return { actor, db: database(), secret: publisherEnvironment().secret, now, origin, ...(scope && { scope }) };
}

/** Who calls, and how they proved it. */
type Caller = { actor: Actor; credential: string; scope?: TokenScope; actingAdmin?: { id: string; name: string } };

async function callerOf(request: Request, now: Date): Promise<Caller> {
  const authorization = request.headers.get("authorization");
  if (authorization === null) return callerOfSession(request);
  const [, scheme, value] = /^(\S+) +(\S+)$/.exec(authorization.trim()) ?? [];
  if (!scheme || !value) throw new Problem("unauthenticated", "The Authorization header cannot be read.");
  switch (scheme.toLowerCase()) {
    case "basic": {
      const attempt = { ...readBasic(value), address: clientAddress(request.headers) };
      return { actor: await actorOfBasicCredentials(database(), attempt, now), credential: "password" };
    }
    case "bearer": {
      const { actor, name, scope } = await actorOfAccessToken(database(), value, now);
      return { actor, credential: `token ${name}`, scope };
    }
    default:
      throw new Problem("unauthenticated", "Authorization is Basic or Bearer.");
  }
}

function readBasic(value: string): { email: string; password: string } {
  const text = Buffer.from(value, "base64").toString("utf8");
  const colon = text.indexOf(":");
  if (colon < 1 || !isStorable(text))
    throw new Problem("unauthenticated", "Basic credentials are base64(email:password).");
  return { email: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** A cookie comes along with whatever makes a browser send a request; the Origin tells that a page of ours made it. */
async function callerOfSession(request: Request): Promise<Caller> {
  if (isFromOwnOrigin(request.headers)) {
    const session = await findSession(auth(), database(), request.headers);
    if (session) return { ...session, credential: "session" };
  }
  throw new Problem("unauthenticated", "Send Basic credentials or an access token.");
}
