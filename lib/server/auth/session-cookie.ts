import "server-only";
import { parseSetCookieHeader } from "better-auth/cookies";
import { cookies, headers } from "next/headers";

/** Browsers keep a cookie at most 400 days. The session's own end stands in the database and moves with its use. */
const longestCookieLifeS = 400 * 24 * 60 * 60;

/** Hands what better-auth wants to set to the browser: HttpOnly, SameSite=Lax, and Secure where the page came over TLS. */
export async function sendSessionCookie(authHeaders: Headers): Promise<void> {
  const jar = await cookies();
  const secure = await isOverTls();
  for (const [name, cookie] of parseSetCookieHeader(authHeaders.get("set-cookie") ?? "")) {
    const maxAge = cookie["max-age"] === 0 || cookie.value === "" ? 0 : longestCookieLifeS;
    jar.set(name, cookie.value, { httpOnly: true, sameSite: "lax", path: "/", secure, maxAge });
  }
}

async function isOverTls(): Promise<boolean> {
  const forwarded = (await headers()).get("x-forwarded-proto");
  return forwarded?.split(",")[0]?.trim() === "https";
}
