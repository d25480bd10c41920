import type { NextConfig } from "next";
import { documentlessPolicy } from "./lib/server/security/content-security-policy.ts";

const headers = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value: "accelerometer=(), camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
  },
];

/** Two years, as browsers' preload lists want it; over plain HTTP browsers ignore it. */
const transportSecurity = { key: "Strict-Transport-Security", value: "max-age=63072000; includeSubDomains" };

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by npm test; a first start should not wait for it.
  typescript: { ignoreBuildErrors: true },
  // A lock file in a directory above would otherwise be taken for the workspace.
  turbopack: { root: import.meta.dirname },
  // forbidden() answers 403 with a page that says so.
  experimental: { authInterrupts: true },
  headers: async () => [
    { source: "/:path*", headers },
    // Pages get theirs, with a nonce, from proxy.ts.
    ...["/(api|sample|_next)/:path*", "/(favicon.ico|icon.*)"].map((source) => ({
      source,
      headers: [{ key: "Content-Security-Policy", value: documentlessPolicy }],
    })),
    {
      source: "/:path*",
      has: [{ type: "header", key: "x-forwarded-proto", value: "https(,.*)?" }],
      headers: [transportSecurity],
    },
  ],
};

export default config;
