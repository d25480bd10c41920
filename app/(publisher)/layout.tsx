import type { ReactNode } from "react";
import { ActingBanner } from "@/components/shell/acting-banner.tsx";
import { Shell } from "@/components/shell/shell.tsx";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { isPermitted } from "@/lib/server/permission/require-permission.ts";

export default async function PublisherLayout({ children }: { children: ReactNode }) {
  const { actor, origin } = await requirePageContext();
  return (
    <Shell person={{ name: actor.name, isAdmin: isPermitted(actor, "user.list") }}>
      {origin?.actingAdmin && <ActingBanner admin={origin.actingAdmin.name} name={actor.name} />}
      {children}
    </Shell>
  );
}
