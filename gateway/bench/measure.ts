import { readdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Backends } from "./backends.ts";
import { type Lane, type Load, requestOf } from "./cases.ts";
import type { Contender, RunningContender } from "./contenders/contender.ts";
import type { Ground } from "./ground.ts";
import { IdleConnections } from "./idle-connections.ts";
import { readTree } from "./process-accounts.ts";
import type { Round } from "./result.ts";
import { sessionCookies } from "./sessions.ts";
import { runWrk, type WrkLoad } from "./wrk.ts";
import { chunkedPostScript, postScript, sessionScript } from "./wrk-scripts.ts";

export type MeasureOptions = {
  ground: Ground;
  backends: Backends;
  /** Of load in a round, s. */
  seconds: number;
  progress: (line: string) => void;
};

/** A contender that runs and is to be measured. */
export type Entrant = { lane: Lane; load: Load; contender: Contender; running: RunningContender };

/** How long memory may settle before it is read, ms. */
const settleMs = 500;
/** Connections that make a process warm before its memory is read. */
const warmConnections = 100;

/** As much load as is served. */
export async function measureLoad(entrant: Entrant, options: MeasureOptions): Promise<Round> {
  const { lane, running } = entrant;
  const { path, headers } = requestAt(entrant, options.ground);
  const wrkLoad = await wrkLoadFor(entrant, options);
  const idle = await IdleConnections.open(running.port, lane.idle ?? 0, path, headers);
  const reloads = reloadEvery(lane.reloadMs, running.reload);
  try {
    return await accounted(running, options, () => runWrk(wrkLoad));
  } finally {
    await reloads.stop();
    idle.close();
  }
}

/** What wrk is told for a contender. */
export async function wrkLoadFor(entrant: Entrant, { ground, seconds }: MeasureOptions): Promise<WrkLoad> {
  const { url, headers } = requestAt(entrant, ground);
  const script = await scriptFor(entrant.load, url, headers, ground);
  return { url, seconds, connections: entrant.load.connections, headers, script };
}

/** So many requests per second, whatever the answers take. */
export async function measureHalfRate(entrant: Entrant, perSecond: number, options: MeasureOptions): Promise<Round> {
  const { load, running } = entrant;
  const { seconds, backends, ground } = options;
  const { path, headers } = requestAt(entrant, ground);
  const rate = { port: running.port, path, headers, perSecond, seconds, connections: load.connections };
  return accounted(running, options, async () => ({ ...(await backends.rateLoad(rate)), perSecond }));
}

/** What connections that carry nothing take, in a process that has answered a few requests: none of it was there before. */
export async function measureMemory(entrant: Entrant, { ground }: MeasureOptions): Promise<Round> {
  const { lane, running } = entrant;
  const { path, headers } = requestAt(entrant, ground);
  (await IdleConnections.open(running.port, warmConnections, path, headers)).close();
  await sleep(settleMs);
  const before = readTree(running.pid);
  const count = lane.idle ?? 0;
  const idle = await IdleConnections.open(running.port, count, path, headers);
  try {
    await sleep(settleMs);
    const { residentBytes } = readTree(running.pid);
    return { failed: 0, residentBytes, bytesPerConnection: (residentBytes - before.residentBytes) / count };
  } finally {
    idle.close();
  }
}

/** Puts the processor time that a proxy takes meanwhile to the account of the requests it serves. */
async function accounted(
  running: RunningContender,
  { ground }: MeasureOptions,
  serve: () => Promise<Omit<Round, "residentBytes"> & { requests: number }>,
): Promise<Round> {
  const before = readTree(running.pid);
  const { requests, ...measured } = await serve();
  const { cpuMicros, residentBytes } = readTree(running.pid);
  emptyLogs(ground.directory);
  return { ...measured, cpuMicros: (cpuMicros - before.cpuMicros) / requests, residentBytes };
}

function requestAt({ load, contender, running }: Entrant, ground: Ground) {
  const { path, headers } = requestOf(load, ground);
  return { url: `http://127.0.0.1:${running.port}${path}`, path, headers: { ...headers, ...contender.headers } };
}

/** Writes what wrk has to be told in Lua; returns the file. */
async function scriptFor(
  { script }: Load,
  url: string,
  headers: Record<string, string>,
  { directory }: Ground,
): Promise<string | undefined> {
  if (script === undefined) return undefined;
  const file = join(directory, `${script}.lua`);
  const fixed = { post: postScript, "chunked-post": chunkedPostScript };
  writeFileSync(file, script === "session" ? sessionScript(await sessionCookies(url, headers)) : fixed[script]);
  return file;
}

function reloadEvery(everyMs: number | undefined, reload: RunningContender["reload"]): { stop: () => Promise<void> } {
  if (everyMs === undefined || !reload) return { stop: async () => undefined };
  const stopping = new AbortController();
  const run = async () => {
    while (!stopping.signal.aborted) {
      const due = sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      await reload();
      await due;
    }
  };
  const done = run();
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

/** Access logs are written like anybody's, and kept no longer than a round: a run writes gigabytes of them. */
function emptyLogs(directory: string): void {
  for (const name of readdirSync(directory, { recursive: true, encoding: "utf8" })) {
    if (name.endsWith("access.log")) truncateSync(join(directory, name));
  }
}
