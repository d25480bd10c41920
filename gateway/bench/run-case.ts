import type { BenchCase, Lane } from "./cases.ts";
import type { Contender, ContenderSettings, RunningContender } from "./contenders/contender.ts";
import { type Entrant, type MeasureOptions, measureHalfRate, measureLoad, measureMemory } from "./measure.ts";
import type { Cores } from "./processes.ts";
import type { CaseResult, Round } from "./result.ts";

export type RunOptions = MeasureOptions & {
  cores: { proxy: Cores; all: Cores };
  contenders: readonly Contender[];
  rounds: number;
};

type LaneRun = Omit<Entrant, "running"> & { title: string; rounds: Round[]; start: () => Promise<RunningContender> };

const usualApis = 1_000;

/** Lets everybody who takes part in a case run by turns. Contenders that are not there are left out. */
export async function runCase(one: BenchCase, options: RunOptions): Promise<CaseResult> {
  const lanes = one.lanes.flatMap((lane) => {
    const contender = options.contenders.find(({ id }) => id === lane.contender);
    return contender ? [laneRun(one, lane, contender, options)] : [];
  });
  const rounds = options.rounds * (one.roundsFactor ?? 1);
  const note = (lane: LaneRun, round: number, measured: Round) => {
    lane.rounds.push(measured);
    options.progress(`${one.id} ${round}/${rounds} ${lane.title}: ${wordsOf(measured)}`);
  };
  if (one.kind === "memory") await runMemory(lanes, options, rounds, note);
  else await runLoad(one, lanes, options, rounds, note);
  return {
    id: one.id,
    title: one.title,
    lanes: lanes.map(({ contender, title, rounds: measured }) => ({
      contender: contender.id,
      title,
      rounds: measured,
    })),
  };
}

type Note = (lane: LaneRun, round: number, measured: Round) => void;

/** All run at once, and have load by turns, after two rounds that make them warm: compilers need some. */
async function runLoad(
  one: BenchCase,
  lanes: LaneRun[],
  options: RunOptions,
  rounds: number,
  note: Note,
): Promise<void> {
  const entrants: { lane: LaneRun; entrant: Entrant }[] = [];
  try {
    let perSecond = 0;
    for (const lane of lanes) {
      const shared = one.isOneProcess ? entrants[0]?.entrant.running : undefined;
      const entrant = { ...lane, running: shared ?? (await lane.start()) };
      entrants.push({ lane, entrant });
      await measureLoad(entrant, options);
      const warm = await measureLoad(entrant, options);
      if (lane.contender.id === "nginx") perSecond = (warm.perSecond ?? 0) / 2;
    }
    if (one.kind === "half-rate" && perSecond === 0) return options.progress(`${one.id} needs nginx`);
    for (let round = 1; round <= rounds; round += 1) {
      for (const { lane, entrant } of entrants) {
        const measured =
          one.kind === "half-rate"
            ? await measureHalfRate(entrant, perSecond, options)
            : await measureLoad(entrant, options);
        note(lane, round, measured);
      }
    }
  } finally {
    const started = new Set(entrants.map(({ entrant }) => entrant.running));
    await Promise.all([...started].map((running) => running.stop()));
  }
}

/** One after the other, each started anew: memory that was used once is seldom given back. */
async function runMemory(lanes: LaneRun[], options: RunOptions, rounds: number, note: Note): Promise<void> {
  for (let round = 1; round <= rounds; round += 1) {
    for (const lane of lanes) {
      const running = await lane.start();
      try {
        note(lane, round, await measureMemory({ ...lane, running }, options));
      } finally {
        await running.stop();
      }
    }
  }
}

function laneRun(one: BenchCase, lane: Lane, contender: Contender, { cores, ground }: RunOptions): LaneRun {
  const workers = lane.workers ?? 1;
  const settings: ContenderSettings = {
    cores: workers > 1 ? cores.all : cores.proxy,
    apis: lane.apis ?? usualApis,
    workers,
  };
  const title = lane.variant === undefined ? contender.title : `${contender.title}, ${lane.variant}`;
  const load = { ...one.load, context: lane.context ?? one.load.context };
  return { lane, load, contender, title, rounds: [], start: () => contender.start(ground, settings) };
}

function wordsOf({ cpuMicros, p99Ms, bytesPerConnection, failed }: Round): string {
  const words = [
    cpuMicros !== undefined && `${cpuMicros.toFixed(1)} µs`,
    p99Ms !== undefined && `p99 ${p99Ms.toFixed(1)} ms`,
    bytesPerConnection !== undefined && `${(bytesPerConnection / 1_024).toFixed(1)} KiB a connection`,
    failed > 0 && `${failed} FAILED`,
  ];
  return words.filter(Boolean).join(", ");
}
