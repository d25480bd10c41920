import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { connection } from "next/server";
import { SetupForm } from "@/components/account/credentials-form.tsx";
import { database } from "@/lib/server/database.ts";
import { hasUsers } from "@/lib/server/users/first-administrator.ts";

export const metadata: Metadata = { title: "Create the administrator" };

export default async function SetupPage() {
  await connection();
  if (await hasUsers(database())) redirect("/sign-in");
  return <SetupForm />;
}
