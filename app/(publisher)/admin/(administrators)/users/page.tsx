import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { UsersPanel } from "@/components/admin/users-panel.tsx";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { listInvitations } from "@/lib/server/users/invitations.ts";
import { listUsers } from "@/lib/server/users/list-users.ts";

export const metadata: Metadata = { title: "Users" };

export default async function UsersPage() {
  const context = await requirePageContext();
  const [users, invitations] = await pageAnswer(Promise.all([listUsers(context), listInvitations(context)]));
  return <UsersPanel users={users} invitations={invitations} ownId={context.actor.id} />;
}
