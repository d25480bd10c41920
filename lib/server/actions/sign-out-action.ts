"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { auth } from "../auth/auth.ts";
import { sendSessionCookie } from "../auth/session-cookie.ts";

/** Ends this session and goes to the sign-in page. */
export async function signOutAction(): Promise<void> {
  const signedOut = await auth().api.signOut({ headers: await headers(), returnHeaders: true });
  await sendSessionCookie(signedOut.headers);
  redirect("/sign-in");
}
