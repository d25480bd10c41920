import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { Problem } from "../../model/problem.ts";
import type { Actor, ServerContext } from "../context.ts";
import { database } from "../database.ts";
import { publisherEnvironment } from "../env.ts";
import { hasUsers } from "../users/first-administrator.ts";
import { auth } from "./auth.ts";
import { requestOrigin } from "./request-origin.ts";
import { requestPathHeader } from "./request-path.ts";
import { safeNext } from "./safe-next.ts";
import { findSession, type OpenSession } from "./session.ts";

/** The session of the request that is being answered; looked up once however many components ask. */
export const currentSession = cache(async (): Promise<OpenSession | undefined> => {
  // First of all: this is what tells a build, which has no database, that the page needs a request.
  const requestHeaders = await headers();
  return findSession(auth(), database(), requestHeaders);
});

/**
 * Who looks at this page, for server components.
 * Without an account in the installation it goes to /setup, without a session to /sign-in and back afterwards.
 */
export async function requirePageContext(): Promise<ServerContext> {
  const session = await currentSession();
  if (session) return contextOf(session, await headers());
  if (!(await hasUsers(database()))) redirect("/setup");
  const path = safeNext((await headers()).get(requestPathHeader));
  redirect(path === "/apis" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
}

/**
 * Who submits a form, for server actions. It never redirects: what was typed stays on the page.
 *
 * @throws Problem "unauthenticated" when the session has ended
 */
export async function requireActionContext(): Promise<ServerContext> {
  return contextOf(await requireSession(), await headers());
}

/** The session itself, for what a person does with their own sessions. */
export async function requireSession(): Promise<OpenSession> {
  const session = await currentSession();
  if (!session) throw new Problem("unauthenticated", "Your session has ended. Sign in again to go on.");
  return session;
}

function contextOf({ actor, actingAdmin }: OpenSession, requestHeaders: Headers): ServerContext {
  const origin = { ...requestOrigin(requestHeaders, "session"), ...(actingAdmin && { actingAdmin }) };
  return { actor, db: database(), secret: publisherEnvironment().secret, now: () => new Date(), origin };
}

/** Who these headers' session belongs to at this moment, for what goes on after a request was answered. */
export async function findActor(headers: Headers): Promise<Actor | undefined> {
  return (await findSession(auth(), database(), headers))?.actor;
}
