import { describe, expect, it } from "vitest";
import { compileApi } from "./compile-api.ts";

const stored = (...urls: string[]) => ({
  id: "1",
  name: "Pizza",
  version: "1",
  context: "/pizza",
  isDefaultVersion: false,
  lifecycleState: "PUBLISHED",
  apiKeyRequired: true,
  revision: 1,
  keys: [],
  endpointConfig: {
    kind: "load-balance",
    protocol: "rest",
    algorithm: "round-robin",
    session: { kind: "none" },
    failover: true,
    sandbox: urls.map((url, index) => ({ id: String(index), url })),
  },
});

const issuesOf = (document: unknown) => {
  const compiled = compileApi(document);
  return compiled.ok ? [] : compiled.issues;
};

describe("what a gateway makes of a stored API", () => {
  it.each([
    "http://a.example",
    "https://a.example:8443/path/%C3%BC?q=%20",
    "http://[::1]:9001/a;b=c",
    "HTTP://A.EXAMPLE/|{}^`",
  ])("takes an endpoint at %s", (url) => {
    expect(issuesOf(stored(url))).toEqual([]);
  });

  it.each([
    ["http://a.example/über", "A gateway cannot send “ü” in a path or query: write it as %C3%BC."],
    ["http://a.example/?q=€", "A gateway cannot send “€” in a path or query: write it as %E2%82%AC."],
    // Written as Latin-1, the last octet of this letter would be a line feed: a second request line.
    ["http://a.example/Ċ", "A gateway cannot send “Ċ” in a path or query: write it as %C4%8A."],
    ["http://a.example/🍕", "A gateway cannot send “🍕” in a path or query: write it as %F0%9F%8D%95."],
    ["http://a.example\\path", "After http:// or https:// a host is expected, then / and the path."],
    ["http:///a.example/path", "After http:// or https:// a host is expected, then / and the path."],
  ])("refuses an endpoint at %s, naming it", (url, message) => {
    const issues = issuesOf(stored("http://fine.example", url));
    expect(issues).toEqual([{ path: "endpointConfig.sandbox.1.url", message }]);
  });

  it("refuses what is no API at all, naming every place", () => {
    const paths = issuesOf({ ...stored("ftp://a"), context: "no slash" }).map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(["context", "endpointConfig.sandbox.0.url"]));
  });
});
