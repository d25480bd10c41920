import { describe, expect, it } from "vitest";
import { clientBehind, parseTrustedProxies } from "./trusted-proxies.ts";

const proxies = parseTrustedProxies("10.0.0.7, 10.1.0.0/16,::1");

describe("the address of a client", () => {
  it.each([
    ["is the connection's where nobody is trusted", "10.0.0.7", "203.0.113.5", undefined, "10.0.0.7"],
    ["is the connection's where no proxy made it", "198.51.100.2", "203.0.113.5", proxies, "198.51.100.2"],
    ["is what a trusted proxy says", "10.0.0.7", "203.0.113.5", proxies, "203.0.113.5"],
    ["is not what a client claims before that", "10.0.0.7", "1.2.3.4, 203.0.113.5", proxies, "203.0.113.5"],
    ["is found behind several proxies", "::1", "203.0.113.5, 10.1.2.3", proxies, "203.0.113.5"],
    ["is the proxy's own where it says nothing", "10.0.0.7", undefined, proxies, "10.0.0.7"],
    ["is the proxy's own where it says no address", "10.0.0.7", "unknown", proxies, "10.0.0.7"],
    ["is IPv4 in a socket for both", "::ffff:10.0.0.7", "::ffff:203.0.113.5", proxies, "203.0.113.5"],
    ["can be IPv6", "::1", "2001:db8::9", proxies, "2001:db8::9"],
  ])("%s", (_title, connection, forwarded, trusted, expected) => {
    expect(clientBehind(connection, forwarded, trusted)).toBe(expected);
  });

  it.each(["", "proxy.internal", "10.0.0.0/33", "10.0.0.7,", "10.0.0.7/x", "::/129"])("%j names no proxies", (text) => {
    expect(parseTrustedProxies(text)).toBeUndefined();
  });
});
