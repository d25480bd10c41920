/** Fields that describe one hop and must not be forwarded. RFC 9110 §7.6.1, and the older ones it names. */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Fields that a sender must not name in Connection: without them a message has another meaning or another length. */
const neverOfOneHop = new Set(["host", "content-length", "content-type", "content-encoding"]);

/** Fields named in Connection are of this hop too. RFC 9110 §7.6.1. */
function connectionOptions(raw: readonly string[]): Set<string> {
  const options = new Set<string>();
  for (let index = 0; index < raw.length; index += 2) {
    if (raw[index]?.toLowerCase() !== "connection") continue;
    for (const option of (raw[index + 1] ?? "").split(",")) {
      const name = option.trim().toLowerCase();
      if (!neverOfOneHop.has(name)) options.add(name);
    }
  }
  return options;
}

/**
 * The fields to forward, in their order and spelling, as a flat list of names and values.
 *
 * @param raw flat list as Node reads it
 * @param change what becomes of a field beside the hop-by-hop ones: its new value, or undefined to leave it out
 */
export function endToEndHeaders(
  raw: readonly string[],
  change: (lowerCaseName: string, value: string) => string | undefined,
): string[] {
  const named = connectionOptions(raw);
  const kept: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? "";
    const lower = name.toLowerCase();
    if (hopByHop.has(lower) || named.has(lower)) continue;
    const value = change(lower, raw[index + 1] ?? "");
    if (value !== undefined) kept.push(name, value);
  }
  return kept;
}

/** All values of a field in a flat list, in order. */
export function fieldValues(raw: readonly string[], lowerCaseName: string): string[] {
  const values: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    if (raw[index]?.toLowerCase() === lowerCaseName) values.push(raw[index + 1] ?? "");
  }
  return values;
}

/** A flat list of names and values as pairs. */
export function fieldPairs(flat: readonly string[]): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) pairs.push([flat[index] ?? "", flat[index + 1] ?? ""]);
  return pairs;
}

/** Whether a client's X-Request-Id may be kept: short, and nothing in it that a log or header could trip over. */
export function isSaneRequestId(value: string | undefined): value is string {
  return value !== undefined && /^[\w.:+/=@-]{1,128}$/.test(value);
}
