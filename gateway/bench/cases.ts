import { callOf, type LoadedContext } from "./ground.ts";

/** What clients send in a case. */
export type Load = {
  context: LoadedContext;
  /** Of the backend: `/1k` or `/64k`. */
  resource: string;
  connections: number;
  headers?: Record<string, string>;
};

/** One contender in a case, in the way it takes part. */
export type Lane = {
  contender: string;
  /** What distinguishes it from other lanes of its contender. */
  variant?: string;
  /** APIs that are known; 1,000 where nothing else is said. */
  apis?: number;
  workers?: number;
};

export type BenchCase = { id: string; title: string; load: Load; lanes: readonly Lane[] };

const everybody = ["fairlead", "nginx", "haproxy", "fairlead-http-proxy"].map((contender) => ({ contender }));
const small: Load = { context: "plain", resource: "/1k", connections: 64 };

export const benchCases: readonly BenchCase[] = [{ id: "get-1k", title: "1 KiB GET", load: small, lanes: everybody }];

/** Path and fields of a load's requests. */
export function requestOf({ context, resource, headers }: Load): { path: string; headers: Record<string, string> } {
  const { path, key } = callOf(context);
  return { path: `${path}${resource}`, headers: { apikey: key, ...headers } };
}
