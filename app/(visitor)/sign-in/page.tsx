import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/account/credentials-form.tsx";
import { currentSession } from "@/lib/server/auth/page-context.ts";
import { safeNext } from "@/lib/server/auth/safe-next.ts";
import { database } from "@/lib/server/database.ts";
import { hasUsers } from "@/lib/server/users/first-administrator.ts";

export const metadata: Metadata = { title: "Sign in" };

type SignInPageProps = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next } = await searchParams;
  const target = typeof next === "string" ? safeNext(next) : undefined;
  if (await currentSession()) redirect(target ?? "/apis");
  if (!(await hasUsers(database()))) redirect("/setup");
  return <SignInForm next={target} />;
}
