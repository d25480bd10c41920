import "server-only";

/**
 * Where to go after signing in: a path of this publisher. Anything that a browser could read as another site, or that
 * leads back to the sign-in pages, becomes the list of APIs.
 */
export function safeNext(next: unknown): string {
  const home = "/apis";
  if (typeof next !== "string" || next.length > 2_000 || !next.startsWith("/")) return home;
  // Browsers read a backslash as a slash, and drop tabs and line breaks: both can make //other.example of it.
  if (/^\/[/\\]/.test(next) || /[\\\p{Cc}]/u.test(next)) return home;
  const origin = "http://publisher.invalid";
  if (!URL.canParse(next, origin)) return home;
  const url = new URL(next, origin);
  // Resolving dot segments can put two slashes at the front again: /..//other.example.
  if (url.origin !== origin || url.pathname.startsWith("//") || /^\/(sign-in|setup|api)(\/|$)/.test(url.pathname))
    return home;
  return `${url.pathname}${url.search}${url.hash}`;
}
