/** The parts of an endpoint's URL that a request to it is built from. */
export type EndpointTarget = {
  protocol: "http:" | "https:";
  /** Without brackets, for connecting and for TLS. */
  hostname: string;
  port: number;
  /** Value of the Host field: with brackets for IPv6, the port left out where it is the protocol's own. */
  host: string;
  /** Path as it was written, never decoded; "/" where there is none. */
  basePath: string;
  /** Query as it was written, without the question mark; "" where there is none. */
  baseQuery: string;
};

/** Takes a URL apart that endpointUrlSchema accepted. Path and query keep the publisher's own spelling. */
export function endpointTarget(url: string): EndpointTarget {
  const parsed = new URL(url);
  const protocol = parsed.protocol === "https:" ? "https:" : "http:";
  const rest = url.trim().replace(/^https?:\/\/[^/?]*/i, "");
  const question = rest.indexOf("?");
  const path = question === -1 ? rest : rest.slice(0, question);
  return {
    protocol,
    hostname: parsed.hostname.replace(/^\[|\]$/g, ""),
    port: parsed.port === "" ? (protocol === "https:" ? 443 : 80) : Number(parsed.port),
    host: parsed.host,
    basePath: path === "" ? "/" : path,
    baseQuery: question === -1 ? "" : rest.slice(question + 1),
  };
}

/**
 * Why a gateway cannot call a URL that is a URL: the request line takes visible ASCII only (RFC 9112 3.2), and what a parser
 * quietly mends would be called at another place than it reads. Undefined: it can.
 */
export function endpointTargetProblem(url: string): string | undefined {
  const { basePath, baseQuery, host } = endpointTarget(url);
  const text = basePath + baseQuery;
  const odd = /[^\x21-\x7e]/u.exec(text)?.[0];
  if (odd !== undefined) {
    return `A gateway cannot send “${odd}” in a path or query: write it as ${encodeURIComponent(odd)}.`;
  }
  const authority = /^https?:\/\/([^/?]*)/i.exec(url.trim())?.[1] ?? "";
  if (host === "" || authority === "" || authority.includes("\\")) {
    return "After http:// or https:// a host is expected, then / and the path.";
  }
  return undefined;
}
