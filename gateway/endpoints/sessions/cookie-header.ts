/** Every value of a cookie in a `Cookie` field: one name may come several times, of several paths (RFC 6265 §5.4). */
export function cookieValues(header: string, name: string): string[] {
  if (!header.includes(name)) return [];
  return header.split(";").flatMap((pair) => {
    const equals = pair.indexOf("=");
    return equals !== -1 && pair.slice(0, equals).trim() === name ? [pair.slice(equals + 1).trim()] : [];
  });
}

/** A `Cookie` field without one cookie, every other byte as it was; "" when nothing is left. */
export function withoutCookie(header: string, name: string): string {
  if (!header.includes(name)) return header;
  const pairs = header.split(";");
  const kept = pairs.filter((pair) => pair.split("=", 1)[0]?.trim() !== name);
  return kept.length === pairs.length ? header : kept.join(";").trim();
}

/** Name and value of a `Set-Cookie` field, without its attributes. */
export function setCookiePair(header: string): { name: string; value: string } | undefined {
  const [pair = ""] = header.split(";", 1);
  const equals = pair.indexOf("=");
  if (equals < 1) return undefined;
  return { name: pair.slice(0, equals).trim(), value: pair.slice(equals + 1).trim() };
}
