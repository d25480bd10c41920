/** Methods that browsers capitalise however scripts write them; all others go as they are. Fetch standard, "normalize". */
const normalized = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]);

/** A method as a browser sends it: `get` becomes GET, `patch` stays. */
export function normalizedMethod(method: string): string {
  const upper = method.toUpperCase();
  return normalized.has(upper) ? upper : method;
}

const formTypes = new Set(["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"]);
/** Fetch standard, "CORS-unsafe request-header byte". */
const unsafeByte = /[^\t\x20-\x7e\x80-\xff]|["():<>?@[\\\]{}]/;
const languages = /^[0-9A-Za-z *,\-.;=]*$/;
const singleRange = /^bytes=(\d+)-(\d*)$/;

/** Longest value that goes without a preflight, bytes. */
const mostValueBytes = 128;
/** All values that go without a preflight, together, bytes. */
const mostBytes = 1024;

/** A header that a script sets. Without a value: any plain one, which for Content-Type is that of JSON. */
export type ScriptHeader = { name: string; value: string | undefined };

/**
 * The headers of a script for which a browser asks first. Fetch standard, "CORS-unsafe request-header names": headers of
 * the safelist need no question while their values are plain, and together not long.
 */
export function unsafeHeaders(headers: readonly ScriptHeader[]): ScriptHeader[] {
  const safe = headers.filter(isSafelisted);
  const bytes = safe.reduce((sum, { value }) => sum + byteLength(value ?? ""), 0);
  return bytes > mostBytes ? [...headers] : headers.filter((header) => !safe.includes(header));
}

function isSafelisted({ name, value }: ScriptHeader): boolean {
  if (value !== undefined && byteLength(value) > mostValueBytes) return false;
  switch (name.toLowerCase()) {
    case "accept":
      return value === undefined || !unsafeByte.test(value);
    case "accept-language":
    case "content-language":
      return value === undefined || languages.test(value);
    case "content-type":
      return value !== undefined && !unsafeByte.test(value) && formTypes.has(essence(value));
    case "range":
      return value === undefined || isSingleRange(value);
    default:
      return false;
  }
}

/** A MIME type without its parameters. */
function essence(value: string): string {
  return (value.split(";")[0] ?? "").trim().toLowerCase();
}

function isSingleRange(value: string): boolean {
  const [, first, last] = singleRange.exec(value) ?? [];
  return first !== undefined && (last === undefined || last === "" || Number(first) <= Number(last));
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
