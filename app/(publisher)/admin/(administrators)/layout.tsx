import { forbidden } from "next/navigation";
import type { ReactNode } from "react";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";
import { isPermitted } from "@/lib/server/permission/require-permission.ts";

/** Administration is for administrators; every verb behind it asks again. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const { actor } = await requirePageContext();
  if (!isPermitted(actor, "user.list")) forbidden();
  return children;
}
