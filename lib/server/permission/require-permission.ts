import { type TokenScope, tokenScopes, type UserRole, userRoles } from "../../model/account.ts";
import { Problem } from "../../model/problem.ts";
import type { Actor, ServerContext } from "../context.ts";
import { neededScope, permissionTable, type Reach, type Rule, type Verb } from "./permission-table.ts";

/** What an actor may do with a verb: proof that it was asked for, and how far it reaches. */
export type Permission = { readonly verb: Verb; readonly actor: Actor; readonly reach: Exclude<Reach, "none"> };

/** Whose an API is. */
export type Ownership = { ownerId: string; coOwnerIds: readonly string[] };

/** What nobody does with another person's rights: what is that person's own. */
const ownHandsOnly = /^(password|access-token|session|two-factor)\./;

const people = {
  viewer: "viewers",
  publisher: "publishers",
  admin: "administrators",
} as const satisfies Record<UserRole, string>;

/**
 * The permission of a verb, which each verb asks for once, before it reads anything. Problem "forbidden" when the actor's
 * role does not have it at all; whether it reaches what is another's is asked with {@link requireReach}.
 */
export function requirePermission(
  { actor, origin, scope }: Pick<ServerContext, "actor" | "origin" | "scope">,
  verb: Verb,
): Permission {
  if (origin?.actingAdmin && ownHandsOnly.test(verb)) {
    throw new Problem(
      "forbidden",
      `You act on behalf of ${actor.name}: passwords, tokens and sessions are theirs alone.`,
    );
  }
  const reach = reachOf(actor.role, verb);
  if (reach === "none") throw new Problem("forbidden", refusalOfRole(actor.role, verb));
  if (scope !== undefined && tokenScopes.indexOf(scope) < tokenScopes.indexOf(neededScope(verb)))
    throw new Problem("forbidden", refusalOfScope(scope, verb));
  return { verb, actor, reach };
}

/** Refuses what a permission does not reach. Problem "forbidden". */
export function requireReach(permission: Permission, owned: Ownership): void {
  if (reaches(permission, owned)) return;
  const message = owned.coOwnerIds.includes(permission.actor.id)
    ? `Only the owner of this API and administrators may ${permissionTable[permission.verb].does}; you are a co-owner.`
    : "This API belongs to another publisher. Ask its provider or an administrator.";
  throw new Problem("forbidden", message);
}

/** Whether an actor may do something, with what somebody owns where the verb has a subject. */
export function isPermitted(actor: Actor, verb: Verb, owned?: Ownership): boolean {
  return refusalOf(actor, verb, owned) === undefined;
}

/** Why an actor may not do something, in words that name what would be needed; undefined when they may. */
export function refusalOf(actor: Actor, verb: Verb, owned?: Ownership): string | undefined {
  try {
    const permission = requirePermission({ actor }, verb);
    if (owned) requireReach(permission, owned);
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
}

/** How far a role reaches with a verb. */
export function reachOf(role: UserRole, verb: Verb): Reach {
  return permissionTable[verb][role];
}

function reaches({ actor, reach }: Permission, { ownerId, coOwnerIds }: Ownership): boolean {
  return reach === "any" || ownerId === actor.id || (reach === "own" && coOwnerIds.includes(actor.id));
}

function refusalOfScope(scope: TokenScope, verb: Verb): string {
  const { does }: Rule = permissionTable[verb];
  return `An access token with the scope ${scope} may not ${does}: it takes one with the scope ${neededScope(verb)}.`;
}

function refusalOfRole(role: UserRole, verb: Verb): string {
  const rule: Rule = permissionTable[verb];
  const able = userRoles.filter((each) => rule[each] !== "none");
  const needed = able.map((each) => (rule[each] === "any" ? people[each] : `${people[each]} who own it`));
  const sentence = `${needed.join(" and ")} may ${rule.does}`;
  return `Only ${sentence}. Your role is ${role}: an administrator can change it.`;
}
