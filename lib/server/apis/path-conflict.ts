import type { Transaction } from "../../db/client.ts";
import { defaultPath, versionedPath } from "../../model/api-naming.ts";
import { Problem } from "../../model/problem.ts";
import type { Actor } from "../context.ts";
import { isPermitted } from "../permission/require-permission.ts";
import { named, ownershipOf } from "./find-api.ts";

/** The identity of an API that is about to be written; `id` when it is stored already. */
export type Claim = { id?: string; name: string; context: string; version: string; isDefaultVersion: boolean };

/**
 * Refuses an API that would answer where another one does: two versioned paths, or a versioned path and the path of
 * somebody's default version, such as /a/1 (version 1 of /a) and /a/1 (default version of context /a/1).
 *
 * @param versionField the field that a conflict of the versioned path is told at
 */
export async function refusePathConflict(
  tx: Transaction,
  actor: Actor,
  claim: Claim,
  versionField: "context" | "version",
): Promise<void> {
  const others = claim.id === undefined ? {} : { id: { not: claim.id } };
  const path = versionedPath(claim.context, claim.version);
  const atPath = await tx.api.findFirst({
    where: { ...others, OR: [{ path }, { isDefault: true, context: { in: contextsWithDefaultPath(path) } }] },
    select: named,
  });
  if (atPath) throw conflictAt(versionField, path, atPath, actor);
  if (!claim.isDefaultVersion) return;
  const withoutVersion = defaultPath(claim.context);
  const atDefault = await tx.api.findFirst({
    where: {
      ...others,
      OR: [
        { path: withoutVersion },
        // A default version of the same name gives way, so it is in nobody's way.
        { isDefault: true, name: { not: claim.name }, context: { in: contextsWithDefaultPath(withoutVersion) } },
      ],
    },
    select: named,
  });
  if (atDefault) throw conflictAt("isDefaultVersion", withoutVersion, atDefault, actor);
}

type Holder = { name: string; version: string; ownerId: string; coOwners: readonly { userId: string }[] };

/** Who has something, as far as the actor may know it. */
export function holderInWords(holder: Holder, actor: Actor): string {
  if (isPermitted(actor, "api.read", ownershipOf(holder))) return `${holder.name} ${holder.version}`;
  return "an API of another publisher";
}

function conflictAt(path: string, where: string, holder: Holder, actor: Actor): Problem {
  const message = `The path ${where} at the gateway is taken by ${holderInWords(holder, actor)}.`;
  return new Problem("conflict", message, [{ path, message }]);
}

/** Every context whose default version answers at a path: the path itself, and with {version} standing anywhere in it. */
function contextsWithDefaultPath(path: string): string[] {
  const segments = path.slice(1).split("/");
  const withVersion = [...segments, ""].map((_, index) => {
    const before = segments.slice(0, index);
    return `/${[...before, "{version}", ...segments.slice(index)].join("/")}`;
  });
  return [path, ...withVersion];
}
