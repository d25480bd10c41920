import { createHash } from "node:crypto";
import type { KeyType } from "../../../lib/model/endpoint-config.ts";

/** How a client said who it is. */
export type IdentityKind = "cookie" | "soap" | "client-id";

const letters = { cookie: "k", soap: "s", "client-id": "c" } as const satisfies Record<IdentityKind, string>;

/** Longest identity that is kept as it is. Clients choose their identities, but not how much memory one takes. */
const maxPlainLength = 64;

/** A short name of a group, the same at every gateway and after every restart: 16 base64url characters. */
export function groupTag(apiId: string, keyType: KeyType): string {
  return createHash("sha256").update(`${apiId}/${keyType}`).digest("base64url").slice(0, 16);
}

/**
 * The key under which a session is remembered. Groups and kinds never share a key; a long identity stands as its
 * SHA-256.
 */
export function sessionKey(group: string, kind: IdentityKind, identity: string): string {
  const letter = letters[kind];
  if (identity.length <= maxPlainLength) return `${group}${letter}=${identity}`;
  return `${group}${letter}#${createHash("sha256").update(identity).digest("base64url")}`;
}
