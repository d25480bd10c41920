import type { ReactNode } from "react";
import { Shell } from "@/components/shell/shell.tsx";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { isPermitted } from "@/lib/server/permission/require-permission.ts";

export default async function PublisherLayout({ children }: { children: ReactNode }) {
  const { actor } = await requirePageContext();
  return <Shell person={{ name: actor.name, isAdmin: isPermitted(actor, "user.list") }}>{children}</Shell>;
}
