import { benchCases, type Load } from "./cases.ts";
import { fairlead } from "./contenders/fairlead.ts";
import type { Installation } from "./installation.ts";
import { type MeasureOptions, measureLoad } from "./measure.ts";
import type { Cores } from "./processes.ts";
import type { Round } from "./result.ts";

/** Of load in all, s. */
const soakSeconds = 5 * 60;
/** How long one kind of load lasts, s. */
const turnSeconds = 5;
/** How often the API under load is saved meanwhile, ms. */
const reloadMs = 500;
/** What takes turns. */
const loadIds = ["get-1k", "get-64k", "post-1k", "post-chunked", "session", "failover"];

/** A minute of the soak: what its rounds say together. */
export type SoakMinute = { minute: number; requests: number; failed: number; p99Ms: number; residentMb: number };

/** One gateway under every kind of load by turns, reloaded twice a second: what it holds on to would show in its memory. */
export async function soakGateway(
  installation: Installation,
  cores: Cores,
  options: MeasureOptions,
): Promise<SoakMinute[]> {
  const contender = fairlead(installation, "fairlead-soaked", "Fairlead");
  const running = await contender.start(options.ground, { cores: cores, apis: 1_000, workers: 1 });
  const loads = loadsOf(loadIds);
  const minutes: SoakMinute[] = [];
  const turnsInMinute = 60 / turnSeconds;
  try {
    for (let minute = 1; minute <= soakSeconds / 60; minute += 1) {
      const rounds: Round[] = [];
      for (let turn = 0; turn < turnsInMinute; turn += 1) {
        const load = loads[turn % loads.length];
        if (!load) continue;
        const entrant = { lane: { contender: contender.id, reloadMs }, load, contender, running };
        rounds.push(await measureLoad(entrant, { ...options, seconds: turnSeconds }));
      }
      minutes.push(summaryOf(minute, rounds));
      options.progress(`minute ${minute}: ${minutes.at(-1)?.residentMb} MB`);
    }
    return minutes;
  } finally {
    await running.stop();
  }
}

/** The table of a soak. */
export function soakRows(minutes: readonly SoakMinute[]): string[][] {
  const rows = minutes.map(({ minute, requests, failed, p99Ms, residentMb }) =>
    [minute, requests.toLocaleString("en-US"), failed, p99Ms.toFixed(1), residentMb].map(String),
  );
  return [["minute", "requests", "failed", "worst p99 ms", "RSS MB"], ...rows];
}

function loadsOf(ids: readonly string[]): Load[] {
  return ids.map((id) => {
    const found = benchCases.find((one) => one.id === id);
    if (!found) throw new Error(`there is no case ${id}`);
    return found.load;
  });
}

function summaryOf(minute: number, rounds: readonly Round[]): SoakMinute {
  return {
    minute,
    requests: Math.round(rounds.reduce((sum, { perSecond = 0 }) => sum + perSecond * turnSeconds, 0)),
    failed: rounds.reduce((sum, { failed }) => sum + failed, 0),
    p99Ms: Math.max(...rounds.map(({ p99Ms = 0 }) => p99Ms)),
    residentMb: Math.round(Math.max(...rounds.map(({ residentBytes = 0 }) => residentBytes)) / 1e6),
  };
}
