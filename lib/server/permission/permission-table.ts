import type { TokenScope, UserRole } from "../../model/account.ts";

/**
 * How far a role reaches with a verb: to what anybody has, to what the actor owns or co-owns, to what the actor alone owns,
 * or not at all.
 */
export type Reach = "any" | "own" | "owner" | "none";

/** What a verb does, in words that follow “may”, and how far each role reaches with it. */
export type Rule = { does: string } & Readonly<Record<UserRole, Reach>>;

/** APIs are looked at by viewers, and by publishers as far as they are theirs. */
const look = (does: string) => ({ does, viewer: "any", publisher: "own", admin: "any" }) as const;
/** APIs are changed by the publisher who owns them, and by administrators. */
const change = (does: string) => ({ does, viewer: "none", publisher: "own", admin: "any" }) as const;
/** What ends an API, or makes it another's, is for its owner and administrators: not for co-owners. */
const dispose = (does: string) => ({ does, viewer: "none", publisher: "owner", admin: "any" }) as const;
/** What comes before an API is there: it belongs to nobody yet. */
const begin = (does: string) => ({ does, viewer: "none", publisher: "any", admin: "any" }) as const;
/** What belongs to one person: not even administrators reach what is another's this way. */
const self = (does: string) => ({ does, viewer: "own", publisher: "own", admin: "own" }) as const;
const everybody = (does: string) => ({ does, viewer: "any", publisher: "any", admin: "any" }) as const;
const administer = (does: string) => ({ does, viewer: "none", publisher: "none", admin: "any" }) as const;

/** Who may do what: every verb of lib/server, and nothing else says so. */
export const permissionTable = {
  "api.list": look("list APIs"),
  "api.read": look("read this API"),
  "api.live": look("watch this API's endpoints"),
  "api.history": look("read this API's history"),
  "endpoint.list": look("read this API's endpoints"),
  "request.list": look("read this API's requests"),
  "request.read": look("read a request to this API"),
  "api-key.list": look("list this API's keys"),
  "certificate.list": look("list certificates of this API's endpoints"),
  "documentation.list": look("list this API's documents"),
  "documentation.read": look("read a document of this API"),
  "schedule.list": look("read this API's scheduled changes"),
  "statistics.read": look("read this API's statistics"),
  "guard.read": look("read how this API is guarded"),
  "co-owner.list": look("list this API's co-owners"),
  "deleted-api.list": look("list deleted APIs"),
  "gateway.list": everybody("list gateways"),
  "rate-tier.list": everybody("list rate limits"),

  "api.create": begin("create APIs"),
  "api.check-name": begin("check whether a name is free"),
  "api.check-context": begin("check whether a context is free"),
  "endpoint.check": begin("have an endpoint checked"),
  "definition.check": begin("have an OpenAPI document checked"),

  "api.update": change("change this API"),
  "api.copy": change("create a version of this API"),
  "api.delete": dispose("delete this API"),
  "api.transfer": dispose("give this API to somebody else"),
  "co-owner.add": dispose("choose co-owners of this API"),
  "co-owner.remove": dispose("take co-owners from this API"),
  "deleted-api.restore": dispose("bring this API back"),
  "api.lifecycle": change("move this API along its lifecycle"),
  "api.restore": change("restore a revision of this API"),
  "endpoint.switch": change("switch this API's endpoints"),
  "api-key.create": change("create keys of this API"),
  "api-key.rotate": change("rotate keys of this API"),
  "api-key.change": change("change keys of this API"),
  "api-key.revoke": change("revoke keys of this API"),
  "api-key.try-out": change("make a try-out key of this API"),
  "certificate.add": change("add certificates for this API's endpoints"),
  "certificate.renew": change("renew certificates of this API's endpoints"),
  "certificate.remove": change("remove certificates of this API's endpoints"),
  "documentation.create": change("write documents for this API"),
  "documentation.update": change("change documents of this API"),
  "documentation.delete": change("delete documents of this API"),
  "schedule.create": change("schedule changes of this API"),
  "schedule.change": change("change this API's schedule"),
  "schedule.cancel": change("cancel this API's scheduled changes"),
  "schedule.publish": change("publish this API's scheduled changes"),
  "guard.set": change("set how this API is guarded"),
  "guard.keep": change("keep a watched change of this API"),
  "guard.dismiss": change("dismiss what the guard of this API says"),

  "access-token.list": self("list their own tokens"),
  "access-token.create": self("create tokens of their own"),
  "access-token.revoke": self("revoke their own tokens"),
  "session.list": self("list their own sessions"),
  "session.revoke": self("end their own sessions"),
  "password.change": self("change their own password"),

  "rate-tier.change": administer("change rate limits"),
  "two-factor.read": self("see whether they have a second factor"),
  "two-factor.set-up": self("set up their own second factor"),
  "two-factor.remove": self("remove their own second factor"),

  "user.list": administer("list users"),
  "user.create": administer("add users"),
  "invitation.list": administer("list invitations"),
  "invitation.create": administer("invite people"),
  "invitation.withdraw": administer("withdraw invitations"),
  "user.set-role": administer("give roles"),
  "user.set-active": administer("activate and deactivate users"),
  "user.reset-password": administer("reset passwords"),
  "user.reset-second-factor": administer("take away other people's second factors"),
  "user.revoke-sessions": administer("end other people's sessions"),
  "stored-api.list": administer("list what is stored"),
  "stored-api.read": administer("read what is stored"),
  "gateway.watch": administer("watch gateways"),
  "audit.read": administer("read the audit log"),
  "system.read": administer("read the state of the installation"),
  "behalf.end": everybody("stop acting on behalf of others"),
  "behalf.begin": administer("act on behalf of others"),
} as const satisfies Record<string, Rule>;

/** What can be asked of lib/server. */
export type Verb = keyof typeof permissionTable;

/** Verbs that change nothing, by what they end with. */
const looking = /\.(list|read|live|history|watch|check-name|check-context)$/;

/** The smallest scope of an access token with which a verb can be called. */
export function neededScope(verb: Verb): TokenScope {
  const { viewer, publisher }: Rule = permissionTable[verb];
  if (viewer === "none" && publisher === "none") return "admin";
  return looking.test(verb) ? "read" : "write";
}
