import { type NextRequest, NextResponse } from "next/server";
import { requestPathHeader } from "./lib/server/auth/request-path.ts";

/** Tells pages which path they are asked for, so that signing in leads back to it. Decides nothing. */
export function proxy(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers);
  headers.set(requestPathHeader, `${request.nextUrl.pathname}${request.nextUrl.search}`);
  return NextResponse.next({ request: { headers } });
}

export const config = { matcher: ["/((?!api/|_next/|favicon\\.ico|icon).*)"] };
