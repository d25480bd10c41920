import { forbidden } from "next/navigation";
import type { ReactNode } from "react";
import { requirePageContext } from "@/lib/server/auth/page-context.ts";

/** Administration is for administrators; every verb behind it asks again. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const { actor } = await requirePageContext();
  if (actor.role !== "admin") forbidden();
  return children;
}
