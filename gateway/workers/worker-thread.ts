// A worker of the gateway: serves traffic on a thread of its own, and does what the deciding thread asks.

import { parentPort, workerData } from "node:worker_threads";
import { openLog } from "../log.ts";
import { monotonicClock } from "../memory/monotonic-clock.ts";
import { TrafficWorker } from "./traffic-worker.ts";
import type { WorkerAnswer, WorkerReply, WorkerRequest, WorkerStart, WorkerTask } from "./worker-message.ts";

const start: WorkerStart = workerData;
const { log, accessLog, flush } = openLog({
  level: start.logLevel,
  isTerminal: start.isTerminal,
  worker: start.thread - 1,
});
const worker = new TrafficWorker({
  ...start,
  clientLimits: { maxConnections: Math.ceil(start.maxConnections / start.workers) },
  log,
  accessLog,
  now: monotonicClock(),
  wallClock: () => Date.now(),
});

parentPort?.on("message", (request: WorkerRequest) => void reply(request));

async function reply({ id, task }: WorkerRequest): Promise<void> {
  const post = (reply: WorkerReply) => parentPort?.postMessage(reply);
  try {
    post({ id, ...(await perform(task)) });
  } catch (error) {
    post({ id, kind: "failed", error: error instanceof Error ? error.message : String(error) });
  }
  if (task.kind === "close") parentPort?.close();
}

async function perform(task: WorkerTask): Promise<WorkerAnswer> {
  switch (task.kind) {
    case "apply":
      worker.apply(task.update);
      return { kind: "done" };
    case "listen":
      return { kind: "port", port: await worker.listen(task.address) };
    case "metrics":
      return { kind: "metrics", values: worker.metrics.values() };
    case "take-watch-counts":
      return { kind: "watch-counts", counts: worker.metrics.watched.take() };
    case "take-statistics":
      return { kind: "statistics", taken: worker.takeStatistics() };
    case "take-used-keys":
      return { kind: "used-keys", ids: worker.metrics.usedKeys.take() };
    case "find-decision": {
      const record = worker.decisions.find(task.requestId, task.apiId);
      return { kind: "decisions", records: record ? [record] : [] };
    }
    case "recent-decisions":
      return { kind: "decisions", records: worker.decisions.recent(task.filter) };
    case "close":
      await worker.close(task.graceMs);
      flush();
      // Nobody can ask it any more.
      return { kind: "statistics", taken: worker.takeStatistics() };
  }
}
