import { callOf, type Ground, type LoadedContext } from "./ground.ts";

/** What clients send in a case. */
export type Load = {
  context: LoadedContext;
  /** Of the backend: `/1k` or `/64k`. */
  resource: "/1k" | "/64k";
  connections: number;
  headers?: Record<string, string>;
  /** What wrk needs a script for. */
  script?: "post" | "chunked-post" | "session";
};

/** One contender in a case, in the way it takes part. */
export type Lane = {
  contender: string;
  /** What distinguishes it from other lanes of its contender. */
  variant?: string;
  /** APIs that are known; 1,000 where nothing else is said. */
  apis?: number;
  /** Threads or processes that serve; more than one have every core. */
  workers?: number;
  /** Client connections that stay open and carry nothing. */
  idle?: number;
  /** How often the API under load is saved, ms. */
  reloadMs?: number;
  /** The API that it is called at; absent: that of the case. */
  context?: LoadedContext;
};

/**
 * - `load`: as much as can be served.
 * - `half-rate`: half of the requests per second that nginx serves at the most, evenly, whatever the answers take.
 * - `memory`: what connections take that carry nothing, in a process that has just been started.
 */
export type CaseKind = "load" | "half-rate" | "memory";

export type BenchCase = {
  id: string;
  title: string;
  kind: CaseKind;
  /** What is compared with what, for the document. */
  about: string;
  load: Load;
  lanes: readonly Lane[];
  /** Lanes call one process, which two of the same kind would differ from by more than what is asked about. */
  isOneProcess?: true;
  /** Rounds for each round that is asked for: differences of a few percent take more of them. */
  roundsFactor?: number;
};

const small: Load = { context: "plain", resource: "/1k", connections: 64 };
const proxies: Lane[] = ["fairlead", "nginx", "haproxy"].map((contender) => ({ contender }));
const servers: Lane[] = [...proxies, { contender: "apache" }, { contender: "caddy" }];
const everybody: Lane[] = servers.concat(
  ["fairlead-http-proxy", "fastify-http-proxy", "http-proxy", "http-proxy-middleware"].map((contender) => ({
    contender,
  })),
);
const manyIdle = { idle: 1_000 };
const ours = (variant: string, rest: Omit<Lane, "contender" | "variant">): Lane => ({
  contender: "fairlead",
  variant,
  ...rest,
});

export const benchCases: readonly BenchCase[] = [
  {
    id: "get-1k",
    title: "1 KiB GET",
    kind: "load",
    about: "64 connections. The Node proxies route one path, know no keys and write no log.",
    load: small,
    lanes: everybody,
  },
  {
    id: "get-64k",
    title: "64 KiB GET",
    kind: "load",
    about: "64 connections.",
    load: { ...small, resource: "/64k" },
    lanes: servers,
  },
  {
    id: "post-1k",
    title: "1 KiB POST",
    kind: "load",
    about: "64 connections; nginx passes bodies on as they come, as the others do.",
    load: { ...small, script: "post" },
    lanes: proxies,
  },
  {
    id: "post-chunked",
    title: "1 KiB POST, chunked",
    kind: "load",
    about: "64 connections; nginx passes bodies on as they come, as the others do.",
    load: { ...small, script: "chunked-post" },
    lanes: proxies,
  },
  {
    id: "new-connection",
    title: "A new connection for each request",
    kind: "load",
    about: "64 clients who close after every answer; connections to the backends are kept.",
    load: { ...small, headers: { Connection: "close" } },
    lanes: proxies,
  },
  {
    id: "idle",
    title: "1,000 idle connections beside the load",
    kind: "load",
    about: "64 connections with requests, 1,000 without.",
    load: small,
    lanes: proxies.map((lane) => ({ ...lane, ...manyIdle })),
  },
  {
    id: "session",
    title: "Transport session",
    kind: "load",
    about:
      "100 clients with a cookie each, who take a new one when given one. Fairlead's is signed and renewed once a second; HAProxy inserts the name of a server; nginx takes a hash of the cookie.",
    load: { ...small, context: "session", script: "session" },
    lanes: proxies,
  },
  {
    id: "failover",
    title: "1 % of attempts failing over",
    kind: "load",
    about: "Every hundredth request at a backend gets a reset instead of an answer; it is tried at another one.",
    load: { ...small, context: "failing" },
    lanes: proxies,
  },
  {
    id: "apis",
    title: "10,000 APIs instead of 1",
    kind: "load",
    about: "1 KiB GET at a gateway that knows one API, and at one that knows 10,000.",
    load: small,
    lanes: [ours("1 API", { apis: 1 }), ours("10,000 APIs", { apis: 10_000 })],
    roundsFactor: 2,
  },
  {
    id: "reload",
    title: "A reload every 100 ms",
    kind: "load",
    about: "1 KiB GET at an API that is saved in PostgreSQL ten times a second, and at one that is not.",
    load: small,
    lanes: [ours("no reload", {}), ours("a reload every 100 ms", { reloadMs: 100 })],
    roundsFactor: 2,
  },
  {
    id: "workers",
    title: "Two workers instead of one",
    kind: "load",
    about: "1 KiB GET. Two workers have two cores, of which the load takes its part.",
    load: small,
    lanes: [ours("one worker", {}), ours("two workers", { workers: 2 })],
  },
  {
    id: "rate-limits",
    title: "Rate limits",
    kind: "load",
    about:
      "1 KiB GET at an API without a limit, with one for itself, and with two more, for the key and the operation; none is reached.",
    load: small,
    lanes: [
      ours("no limit", {}),
      ours("a limit", { context: "limited" }),
      ours("limits of API, key and operation", { context: "manyLimits" }),
    ],
    isOneProcess: true,
    roundsFactor: 3,
  },
  {
    id: "tokens",
    title: "A JWT instead of an API key",
    kind: "load",
    about: "1 KiB GET with an ES256 token of 1 KiB that is known since the first request, and with a key.",
    load: small,
    lanes: [ours("API key", {}), ours("JWT", { context: "tokens" })],
    isOneProcess: true,
    roundsFactor: 3,
  },
  {
    id: "half-rate",
    title: "Half of nginx's highest rate",
    kind: "half-rate",
    about:
      "1 KiB GET, evenly spread over the time, measured from the moment at which a request was due: one that waits for a connection has waited.",
    load: small,
    lanes: proxies,
  },
  {
    id: "memory",
    title: "Idle client connections",
    kind: "memory",
    about: "Resident memory before and after 5,000 connections were opened that had one request each.",
    load: small,
    lanes: proxies.map((lane) => ({ ...lane, idle: 5_000 })),
  },
];

/** Path and fields of a load's requests. */
export function requestOf(
  { context, resource, headers }: Load,
  { issuer }: Pick<Ground, "issuer">,
): { path: string; headers: Record<string, string> } {
  const { path, key } = callOf(context);
  const credential: Record<string, string> =
    context === "tokens" ? { authorization: `Bearer ${issuer.token}` } : { apikey: key };
  return { path: `${path}${resource}`, headers: { ...credential, ...headers } };
}
