import type { UserRole } from "@/lib/model/account.ts";

/** Roles as people read them. */
export const roleNames = {
  viewer: "Viewer",
  publisher: "Publisher",
  admin: "Administrator",
} as const satisfies Record<UserRole, string>;

/** What a role may do. */
export const roleMeanings = {
  viewer: "Looks at every API and its requests, and changes nothing.",
  publisher: "Creates APIs and works with their own.",
  admin: "Sees and changes every API, and manages users, gateways and the audit log.",
} as const satisfies Record<UserRole, string>;
