import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";

/** What wrk says at its end. */
export const wrkResultSchema = z.strictObject({
  requests: z.number(),
  perSecond: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  /** Answers of another status than 2xx or 3xx, and connections that broke. */
  failed: z.number(),
});
export type WrkResult = z.infer<typeof wrkResultSchema>;

const millisecondsOf: Record<string, number> = { us: 0.001, ms: 1, s: 1_000, m: 60_000 };

/** Reads what `wrk --latency` prints; throws when it is something else. */
export function parseWrk(output: string): WrkResult {
  const one = (pattern: RegExp) => Number(pattern.exec(output)?.[1] ?? 0);
  const latency = (name: string) => {
    const [, value, unit = ""] = new RegExp(`^\\s+${name}%\\s+([\\d.]+)(us|ms|s|m)$`, "m").exec(output) ?? [];
    return Number(value) * (millisecondsOf[unit] ?? Number.NaN);
  };
  const socketErrors = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(output) ?? [];
  const result = wrkResultSchema.safeParse({
    requests: one(/(\d+) requests in/),
    perSecond: one(/Requests\/sec:\s+([\d.]+)/),
    p50Ms: latency("50"),
    p99Ms: latency("99"),
    failed:
      one(/Non-2xx or 3xx responses: (\d+)/) + socketErrors.slice(1).reduce((sum, count) => sum + Number(count), 0),
  });
  if (!result.success || result.data.requests === 0) throw new Error(`wrk has measured nothing:\n${output}`);
  return result.data;
}

export type WrkLoad = {
  url: string;
  seconds: number;
  connections: number;
  headers: Record<string, string>;
  /** A Lua script that makes the requests; absent: GET. */
  script?: string | undefined;
};

/** Puts load on a URL from one thread, on the cores of this process. */
export async function runWrk({ url, seconds, connections, headers, script }: WrkLoad): Promise<WrkResult> {
  const fields = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const args = ["-t1", `-c${connections}`, `-d${seconds}s`, "--latency", "--timeout", "5s", ...fields];
  const scripts = script === undefined ? [] : ["-s", script];
  const { stdout } = await promisify(execFile)("setpriv", ["--pdeathsig", "KILL", "wrk", ...args, ...scripts, url], {
    timeout: (seconds + 20) * 1_000,
    killSignal: "SIGKILL",
  });
  return parseWrk(stdout);
}
