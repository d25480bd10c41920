import { type NextRequest, NextResponse } from "next/server";
import { requestPathHeader } from "./lib/server/auth/request-path.ts";
import { contentSecurityPolicy, nonceHeader } from "./lib/server/security/content-security-policy.ts";
import { isFromOwnOrigin, isSafeMethod } from "./lib/server/security/own-origin.ts";

/**
 * Before every page and server action: refuses what another site makes a browser send, tells the page which path it is asked
 * for (so that signing in leads back to it), and gives its scripts the nonce without which they do not run.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname } = request.nextUrl;
  if (pathname.startsWith(restPath)) return isDecodable(pathname) ? NextResponse.next() : nothingAt(restPath, request);
  if (!isSafeMethod(request.method) && !isFromOwnOrigin(request.headers)) {
    return new NextResponse("This request does not come from a page of this publisher.\n", { status: 403 });
  }
  const nonce = crypto.randomUUID();
  const policy = contentSecurityPolicy(nonce, { development: process.env.NODE_ENV === "development" });
  const headers = new Headers(request.headers);
  headers.set(requestPathHeader, `${request.nextUrl.pathname}${request.nextUrl.search}`);
  headers.set(nonceHeader, nonce);
  // Next.js reads the nonce of its own scripts from here.
  headers.set("Content-Security-Policy", policy);
  const forwarded = { request: { headers } };
  const response = isDecodable(pathname) ? NextResponse.next(forwarded) : nothingAt("/", request, forwarded);
  response.headers.set("Content-Security-Policy", policy);
  return response;
}

const restPath = "/api/am/publisher/v4/";

function isDecodable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

/** What is answered where nothing is. Next.js itself answers 500 to a path that cannot be decoded: vercel/next.js#92527. */
function nothingAt(room: string, request: NextRequest, init?: Parameters<typeof NextResponse.rewrite>[1]) {
  return NextResponse.rewrite(new URL(`${room}nothing-here`, request.url), init);
}

// The rest has no pages: next.config.ts gives it a policy, the REST API checks origins where it takes cookies. Of that only
// paths with an escape come here.
export const config = {
  matcher: ["/((?!api/|sample/|_next/|favicon\\.ico|icon).*)", "/api/am/publisher/v4/(.*%.*)"],
};
