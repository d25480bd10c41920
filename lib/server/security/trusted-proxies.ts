import { BlockList, isIP } from "node:net";

/**
 * Addresses of reverse proxies, by commas: `10.0.0.7, 10.1.0.0/16, ::1`. Undefined when one of them is none.
 */
export function parseTrustedProxies(text: string): BlockList | undefined {
  const proxies = new BlockList();
  for (const entry of text.split(",")) {
    const [, address = "", prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(entry.trim()) ?? [];
    const version = isIP(address);
    const bits = prefix === undefined ? undefined : Number(prefix);
    if (version === 0 || (bits !== undefined && bits > (version === 4 ? 32 : 128))) return undefined;
    const family = version === 4 ? "ipv4" : "ipv6";
    if (bits === undefined) proxies.addAddress(address, family);
    else proxies.addSubnet(address, bits, family);
  }
  return proxies;
}

/**
 * The address of a client: that of the connection, unless a trusted proxy made it. Then it is the last address in
 * `X-Forwarded-For` that no trusted proxy has: whatever stands before it is what somebody claims.
 */
export function clientBehind(
  connection: string,
  forwardedFor: string | undefined,
  proxies: BlockList | undefined,
): string {
  const claimed = (forwardedFor ?? "").split(",").map((address) => address.trim());
  let client = plain(connection);
  while (proxies && isTrusted(client, proxies)) {
    const next = plain(claimed.pop() ?? "");
    if (isIP(next) === 0) break;
    client = next;
  }
  return client;
}

function isTrusted(address: string, proxies: BlockList): boolean {
  const version = isIP(address);
  return version !== 0 && proxies.check(address, version === 4 ? "ipv4" : "ipv6");
}

/** An IPv4 address as such, where a socket for both says `::ffff:10.0.0.7`. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}
