import "server-only";
import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage } from "node:http";
import { Problem } from "../model/problem.ts";
import { database } from "./database.ts";
import { publisherEnvironment } from "./env.ts";
import { Keeper } from "./keeper.ts";
import { log } from "./log.ts";
import { clientBehind } from "./security/trusted-proxies.ts";
import { stopConnectionsOnSignal } from "./stop-connections.ts";
import { createFirstAdministrator, hasUsers } from "./users/first-administrator.ts";

/**
 * What a publisher does before its first request: reads its environment (and refuses to start with a wrong one), makes
 * client addresses trustworthy, creates the first administrator where the environment names one, and begins to keep what
 * is due. Stopping is Next.js'
 * own: it answers what it has begun, then exits, which ends the database connections. What would hold it up is ended.
 */
export async function startPublisher(): Promise<void> {
  const { firstAdministrator } = readEnvironment();
  trustConnectionsForAddresses();
  stopConnectionsOnSignal();
  if (firstAdministrator) await createNamedAdministrator(firstAdministrator);
  startKeeper();
}

declare global {
  // A development server evaluates modules anew after an edit; one keeper is enough.
  var fairleadKeeper: Keeper | undefined;
}

function startKeeper(): void {
  const { secret } = publisherEnvironment();
  globalThis.fairleadKeeper ??= new Keeper({ db: database(), secret, now: () => new Date() });
}

function readEnvironment() {
  try {
    return publisherEnvironment();
  } catch (error) {
    log.fatal(error instanceof Error ? error.message : "The environment cannot be read");
    process.exit(1);
  }
}

async function createNamedAdministrator(account: { email: string; password: string }): Promise<void> {
  const db = database();
  try {
    if (await hasUsers(db)) return;
    const context = { db, secret: publisherEnvironment().secret, now: () => new Date() };
    await createFirstAdministrator(context, { name: "Administrator", ...account });
    log.info({ email: account.email }, "Created the first administrator");
  } catch (error) {
    // Another publisher process of the installation was faster.
    if (error instanceof Problem && error.kind === "conflict") return;
    // A database that is away now may come back, so this is no reason not to start.
    log.error(
      { err: error },
      "Could not create the first administrator; the first visit to the publisher asks for one",
    );
  }
}

/**
 * Failed sign-ins are counted by address, so the address must not be what a client claims in a header. Next.js fills
 * `X-Forwarded-For` from the connection only when the client sent none; ours is always from the connection, or from a
 * proxy that is trusted.
 */
function trustConnectionsForAddresses(): void {
  const { trustedProxies } = publisherEnvironment();
  subscribe("http.server.request.start", (message) => {
    const request = requestOf(message);
    if (!request) return;
    const claimed = request.headers["x-forwarded-for"];
    const forwarded = Array.isArray(claimed) ? claimed.join(",") : claimed;
    request.headers["x-forwarded-for"] = clientBehind(
      request.socket.remoteAddress ?? "unknown",
      forwarded,
      trustedProxies,
    );
  });
}

function requestOf(message: unknown): IncomingMessage | undefined {
  if (typeof message !== "object" || message === null || !("request" in message)) return undefined;
  return message.request instanceof IncomingMessage ? message.request : undefined;
}
