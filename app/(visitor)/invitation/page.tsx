import type { Metadata } from "next";
import { connection } from "next/server";
import { InvitationForm } from "@/components/account/invitation-form.tsx";

export const metadata: Metadata = { title: "Your invitation", robots: { index: false } };

export default async function InvitationPage() {
  // The nonce of its scripts is another one each time.
  await connection();
  return <InvitationForm />;
}
