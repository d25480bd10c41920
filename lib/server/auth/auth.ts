import "server-only";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { admin, twoFactor } from "better-auth/plugins";
import { adminAc, userAc } from "better-auth/plugins/admin/access";
import type { Database } from "../../db/client.ts";
import { maxPasswordLength, minPasswordLength } from "../../model/account.ts";
import { database } from "../database.ts";
import { publisherEnvironment } from "../env.ts";
import { log } from "../log.ts";

/** A session ends this long after its last use, seconds. */
const sessionLifetimeS = 7 * 24 * 60 * 60;

/**
 * The authentication of the publisher: who has which password, and which sessions are open.
 *
 * Only its functions are used. Its HTTP endpoints are not mounted: server actions and the REST API are the only ways
 * in, so attempts, origins and who may sign up are decided in one place each. Accounts are written by our own verbs, in
 * one transaction with their audit event.
 */
export function createAuth(options: { db: Database; secret: string; origin: string }) {
  return betterAuth({
    appName: "Fairlead",
    baseURL: options.origin,
    secret: options.secret,
    database: prismaAdapter(options.db, { provider: "postgresql" }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength, maxPasswordLength },
    session: {
      expiresIn: sessionLifetimeS,
      updateAge: 24 * 60 * 60,
      // Every request looks at the row, so that a revoked session ends at once.
      cookieCache: { enabled: false },
    },
    advanced: { cookiePrefix: "fairlead", useSecureCookies: false },
    plugins: [
      twoFactor({ issuer: "Fairlead" }),
      admin({
        defaultRole: "publisher",
        adminRoles: ["admin"],
        roles: { admin: adminAc, publisher: userAc, viewer: userAc },
      }),
    ],
    telemetry: { enabled: false },
    // Failed sign-ins are told to whoever tries; the log gets only what is wrong with us.
    logger: { level: "error", log: (_level, message) => log.error({ source: "better-auth" }, message) },
  });
}

export type Auth = ReturnType<typeof createAuth>;

let current: { db: Database; auth: Auth } | undefined;

/** The authentication of this process, made at the first use: a build has neither database nor secret. */
export function auth(): Auth {
  const db = database();
  if (current?.db !== db) {
    const { secret, host, port } = publisherEnvironment();
    current = { db, auth: createAuth({ db, secret, origin: originOf(host, port) }) };
  }
  return current.auth;
}

function originOf(host: string, port: number): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
