import { BlockList, isIP } from "node:net";

const refused = new BlockList();
// Link-local: metadata services of clouds answer here, with credentials, to whoever asks from the machine itself.
refused.addSubnet("169.254.0.0", 16, "ipv4");
refused.addSubnet("fe80::", 10, "ipv6");
refused.addAddress("fd00:ec2::254", "ipv6"); // AWS
refused.addAddress("fd20:ce::254", "ipv6"); // Google Cloud
refused.addAddress("100.100.100.200", "ipv4"); // Alibaba Cloud
// The same link-local addresses written as IPv6: IPv4-compatible, IPv4-translated (RFC 2765), NAT64 (RFC 6052, RFC 8215)
// and 6to4 (RFC 3056).
refused.addSubnet("::a9fe:0", 112, "ipv6");
refused.addSubnet("::ffff:0:a9fe:0", 112, "ipv6");
refused.addSubnet("64:ff9b::a9fe:0", 112, "ipv6");
refused.addSubnet("64:ff9b:1::a9fe:0", 112, "ipv6");
refused.addSubnet("2002:a9fe::", 32, "ipv6");

/**
 * Whether an endpoint check must not go to this IP address. IPv4-mapped IPv6 addresses count as what they map. A text
 * that is no IP address is not refused: what it resolves to is looked at then.
 */
export function isRefusedAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  const family = isIP(bare);
  if (family === 0) return false;
  return refused.check(bare, family === 4 ? "ipv4" : "ipv6");
}
