/**
 * The target to call an endpoint with: the endpoint's own path, then the rest of the request's path and its query, byte
 * for byte. One slash stands between the two paths; the endpoint's own query comes first.
 *
 * @param rest what is left of the request's path after the API's prefix: "" or beginning with a slash
 * @param search the request's query with its question mark; "" where there is none
 */
export function upstreamPath(target: { basePath: string; baseQuery: string }, rest: string, search: string): string {
  const path = rest === "" ? target.basePath : target.basePath.replace(/\/$/, "") + rest;
  if (target.baseQuery === "") return path + search;
  return search.length > 1 ? `${path}?${target.baseQuery}&${search.slice(1)}` : `${path}?${target.baseQuery}`;
}

/**
 * Whether a path has a segment that a server may take for "one up", in plain or percent-encoded spelling: forwarding it
 * could reach outside the path that the API's publisher gave. RFC 3986 §3.3, §6.2.2.3.
 */
export function climbsUp(path: string): boolean {
  if (!path.includes("..") && !/%2e/i.test(path)) return false;
  return path.split(/[/\\]|%2f|%5c/i).some((segment) => segment.replace(/%2e/gi, ".").replace(/;.*$/, "") === "..");
}
