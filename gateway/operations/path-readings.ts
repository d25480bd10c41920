/**
 * How a path may be understood. `plain` is it as RFC 3986 says. `lenient` is there where a server could take the path for
 * another one: it merges slashes, leaves one out at the end, cuts parameters after a semicolon off, decodes %2F, takes
 * backslashes for slashes, or resolves dots.
 */
export type PathReadings = { plain: readonly string[]; lenient: readonly string[] | undefined };

/** The readings of what is left of a request's path after its API's prefix: "" or beginning with a slash. */
export function readPath(rest: string): PathReadings {
  const path = rest === "" ? "/" : rest;
  const plain = segmentsOf(path);
  return { plain, lenient: isSpelledPlainly(path) ? undefined : lenientSegments(path) };
}

/** The segments of a path that begins with a slash, each in its one spelling. */
export function segmentsOf(path: string): string[] {
  return path.slice(1).split("/").map(normalSpelling);
}

/**
 * One spelling for all that RFC 3986 §6.2.2 says is the same, or that servers decode before they look for a route: what
 * is ASCII stands for itself, everything else is in escapes with capitals. %25 stays, so that nothing is decoded twice.
 */
export function normalSpelling(text: string): string {
  if (isPlainAscii.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/[^\0-\x7f]+/gu, encodeURIComponent)
    .replace(/%[0-9a-f]{2}/gi, (octet) => {
      const code = Number.parseInt(octet.slice(1), 16);
      return code < 0x80 && code !== percent ? String.fromCharCode(code) : octet.toUpperCase();
    });
}

const percent = 0x25;
const isPlainAscii = /^[\0-\x24\x26-\x7f]*$/;

function isSpelledPlainly(path: string): boolean {
  if (path.length > 1 && path.endsWith("/")) return false;
  return !/\/\/|[;\\]|\/\.{1,2}(?:\/|$)|%(?:2[ef]|3b|5c)/i.test(path);
}

function lenientSegments(path: string): string[] {
  const segments: string[] = [];
  for (const part of normalSpelling(path).split(/[/\\]/)) {
    const segment = part.replace(/;.*$/s, "");
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return segments.length === 0 ? [""] : segments;
}
