// Picks and settles on one group as fast as it can, as one of several threads.

import { parentPort, workerData } from "node:worker_threads";
import { monotonicClock } from "../memory/monotonic-clock.ts";
import { ServedApis } from "../workers/served-apis.ts";
import type { ContentionStart } from "./shared-state.ts";

const { thread, update, turns }: ContentionStart = workerData;
const now = monotonicClock();
const apis = new ServedApis(thread, now);
apis.apply(update);
const group = apis.table.find("soak")?.groups.production;
const tried = new Set<string>();
const run = (count: number) => {
  for (let turn = 0; turn < count; turn += 1) {
    const at = now();
    const picked = group?.pick(tried, undefined, at);
    if (picked?.kind === "selection") group?.settle(picked, { kind: "success" }, at);
  }
};
run(turns / 10);
const startedAt = now();
run(turns);
parentPort?.postMessage(((now() - startedAt) * 1_000) / turns);
// An owner would be asked by message: how long one question and its answer take.
parentPort?.on("message", () => parentPort?.postMessage("answer"));
