import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../testing/gateway-process.ts";
import type { BenchCase } from "./cases.ts";
import { fairlead } from "./contenders/fairlead.ts";
import { WorkerProfiler } from "./inspector.ts";
import type { Installation } from "./installation.ts";
import { type MeasureOptions, wrkLoadFor } from "./measure.ts";
import type { Cores } from "./processes.ts";
import { summarise } from "./profile.ts";
import type { Profile } from "./result.ts";
import { runWrk } from "./wrk.ts";

/** A worker of the gateway under the load of a case: where its time goes. Being watched costs some of it. */
export async function profileGateway(
  { load }: BenchCase,
  installation: Installation,
  cores: Cores,
  options: MeasureOptions,
): Promise<Profile> {
  const port = await freePort();
  const watched: Installation = {
    ...installation,
    gatewayProcess: (env) => {
      const { args, env: told } = installation.gatewayProcess(env);
      return { args: [`--inspect=127.0.0.1:${port}`, ...args], env: told };
    },
  };
  const contender = fairlead(watched, "fairlead-profiled", "Fairlead");
  const running = await contender.start(options.ground, { cores, apis: 1_000, workers: 1 });
  try {
    const entrant = { lane: { contender: contender.id }, load, contender, running };
    await runWrk(await wrkLoadFor(entrant, options));
    const profiler = await WorkerProfiler.attach(port);
    // Workers are announced after they are asked for.
    await sleep(200);
    const watchedLoad = await wrkLoadFor(entrant, options);
    await profiler.start();
    const { requests } = await runWrk(watchedLoad);
    const profiles = await profiler.stop();
    profiler.close();
    return summarise(profiles, requests);
  } finally {
    await running.stop();
  }
}
