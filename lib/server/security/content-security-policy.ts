/** Header in which proxy.ts tells server components the nonce of the answer they draw. */
export const nonceHeader = "x-fairlead-nonce";

/**
 * The Content-Security-Policy of a page. A script runs only with the nonce, or when one that has it loads it; nothing comes
 * from another site. `style` attributes are allowed, since MUI writes some into the server's HTML; style elements need the
 * nonce like scripts do.
 *
 * @param options.development lets React explain errors by `eval` and the development server send its updates
 */
export function contentSecurityPolicy(nonce: string, options: { development: boolean }): string {
  const { development } = options;
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The policy of what is no page (REST answers, files): nothing may run, should a browser take it for one. */
export const documentlessPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
