/** The value of a cookie in a `Cookie` field, or undefined. The first one wins, as RFC 6265 §5.4 orders by specificity. */
export function cookieValue(header: string, name: string): string | undefined {
  for (const pair of header.split(";")) {
    const equals = pair.indexOf("=");
    if (equals !== -1 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}

/** A `Cookie` field without one cookie, every other byte as it was; "" when nothing is left. */
export function withoutCookie(header: string, name: string): string {
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
