/**
 * The path and query to call an endpoint with: the endpoint's own path, then the rest of the request's path and its
 * query, byte for byte. One slash stands between the two; the endpoint's own query comes first.
 */
export function upstreamPath(target: { basePath: string; baseQuery: string }, rest: string, query: string): string {
  const joined = rest === "" ? target.basePath : target.basePath.replace(/\/$/, "") + rest;
  const both = [target.baseQuery, query].filter((part) => part !== "").join("&");
  return both === "" ? joined : `${joined}?${both}`;
}

/**
 * Whether a path has a segment that a server may take for "one up", in plain or percent-encoded spelling: forwarding it
 * could reach outside the path that the API's publisher gave. RFC 3986 §3.3, §6.2.2.3.
 */
export function climbsUp(path: string): boolean {
  if (!path.includes("..") && !/%2e/i.test(path)) return false;
  return path.split(/[/\\]|%2f|%5c/i).some((segment) => segment.replace(/%2e/gi, ".").replace(/;.*$/, "") === "..");
}
