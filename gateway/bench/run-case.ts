import { readdirSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { type BenchCase, type Lane, requestOf } from "./cases.ts";
import type { Contender, RunningContender } from "./contenders/contender.ts";
import type { Ground } from "./ground.ts";
import { readTree } from "./process-accounts.ts";
import type { Cores } from "./processes.ts";
import type { CaseResult, Round } from "./result.ts";
import { runWrk } from "./wrk.ts";

export type RunOptions = {
  ground: Ground;
  proxyCores: Cores;
  contenders: readonly Contender[];
  rounds: number;
  /** Of load in a round, s. */
  seconds: number;
  progress: (line: string) => void;
};

type Entrant = { lane: Lane; contender: Contender; running: RunningContender; rounds: Round[] };

const usualApis = 1_000;

/** Starts everybody who takes part in a case, and lets them run by turns. Contenders that are not there are left out. */
export async function runCase(one: BenchCase, options: RunOptions): Promise<CaseResult> {
  const entrants: Entrant[] = [];
  try {
    for (const lane of one.lanes) {
      const contender = options.contenders.find(({ id }) => id === lane.contender);
      if (!contender) continue;
      const settings = { cores: options.proxyCores, apis: lane.apis ?? usualApis, workers: lane.workers ?? 1 };
      const running = await contender.start(options.ground, settings);
      entrants.push({ lane, contender, running, rounds: [] });
    }
    for (const entrant of entrants) await measure(one, entrant, options);
    for (let round = 1; round <= options.rounds; round += 1) {
      for (const entrant of entrants) {
        const measured = await measure(one, entrant, options);
        entrant.rounds.push(measured);
        options.progress(
          `${one.id} ${round}/${options.rounds} ${titleOf(entrant)}: ${measured.cpuMicros.toFixed(1)} µs`,
        );
      }
    }
  } finally {
    await Promise.all(entrants.map(({ running }) => running.stop()));
  }
  const lanes = entrants.map((entrant) => ({
    contender: entrant.contender.id,
    title: titleOf(entrant),
    rounds: entrant.rounds,
  }));
  return { id: one.id, title: one.title, lanes };
}

function titleOf({ contender, lane }: Entrant): string {
  return lane.variant === undefined ? contender.title : `${contender.title}, ${lane.variant}`;
}

async function measure(one: BenchCase, { contender, running }: Entrant, options: RunOptions): Promise<Round> {
  const { path, headers } = requestOf(one.load);
  const before = readTree(running.pid);
  const { requests, ...measured } = await runWrk({
    url: `http://127.0.0.1:${running.port}${path}`,
    seconds: options.seconds,
    connections: one.load.connections,
    headers: { ...headers, ...contender.headers },
  });
  const after = readTree(running.pid);
  emptyLogs(options.ground.directory);
  return {
    ...measured,
    cpuMicros: (after.cpuMicros - before.cpuMicros) / requests,
    residentBytes: after.residentBytes,
  };
}

/** Access logs are written like anybody's, and kept no longer than a round: a run writes gigabytes of them. */
function emptyLogs(directory: string): void {
  for (const name of readdirSync(directory, { recursive: true, encoding: "utf8" })) {
    if (name.endsWith("access.log")) truncateSync(join(directory, name));
  }
}
