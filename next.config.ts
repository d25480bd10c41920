import type { NextConfig } from "next";

const headers = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  {
    key: "Content-Security-Policy",
    value: "base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  },
];

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by npm test; a first start should not wait for it.
  typescript: { ignoreBuildErrors: true },
  // A lock file in a directory above would otherwise be taken for the workspace.
  turbopack: { root: import.meta.dirname },
  // forbidden() answers 403 with a page that says so.
  experimental: { authInterrupts: true },
  headers: async () => [{ source: "/:path*", headers }],
};

export default config;
