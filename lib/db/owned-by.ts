import { Prisma } from "./generated/client.ts";

/** The condition that somebody owns or co-owns the API `a` of a query. */
export function ownedBy(userId: string): Prisma.Sql {
  return Prisma.sql`(a.owner_id = ${userId}
    OR EXISTS (SELECT 1 FROM api_co_owner c WHERE c.api_id = a.id AND c.user_id = ${userId}))`;
}
