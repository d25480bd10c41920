import type { Metadata } from "next";
import { pageAnswer } from "@/app/(publisher)/page-answer.ts";
import { UsersPanel } from "@/components/admin/users-panel.tsx";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { listUsers } from "@/lib/server/users/list-users.ts";

export const metadata: Metadata = { title: "Users" };

export default async function UsersPage() {
  const context = await requirePageContext();
  return <UsersPanel users={await pageAnswer(listUsers(context))} ownId={context.actor.id} />;
}
