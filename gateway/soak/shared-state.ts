import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { z } from "zod";
import { PlaceLedger } from "../endpoints/endpoint-places.ts";
import { EndpointRegistry } from "../endpoints/registry.ts";
import { apiUpdate, type ConfigurationUpdate } from "../workers/configuration-update.ts";
import type { Figure } from "./figure.ts";
import { soakApi } from "./soak-gateway.ts";

export type ContentionStart = { thread: number; update: ConfigurationUpdate; turns: number };

const turns = 200_000;
const questions = 5_000;

/** What one choice of an endpoint costs when threads share the state, and what asking an owner would cost instead. */
export async function measureSharedState(now: () => number): Promise<Figure[]> {
  const ledger = new PlaceLedger(now);
  const registry = new EndpointRegistry(ledger, now);
  const api = soakApi(
    [1, 2, 3].map((port) => `http://127.0.0.1:${port}`),
    1,
  );
  const group = registry.put(api).production;
  const update: ConfigurationUpdate = {
    segments: ledger.slots.buffers,
    upserts: [apiUpdate(api, registry.placesOf("soak"))],
    removedIds: [],
  };
  const [alone = 0] = await costs(update, 1);
  const together = await costs(update, 2);
  const askUs = await questionCost(update, now);
  const counted = group?.endpoints.map(({ requests }) => requests) ?? [];
  const spread = Math.max(...counted) - Math.min(...counted);
  const slowest = Math.max(...together);
  return [
    {
      name: "choosing and settling, alone, and against another thread",
      measured: `${alone.toFixed(2)} µs, ${slowest.toFixed(2)} µs`,
      bound: `less than asking an owner: ${askUs.toFixed(0)} µs`,
      holds: slowest < askUs,
    },
    {
      name: "choices by which members differ after all of them",
      measured: String(spread),
      bound: "≤ 1",
      holds: spread <= 1,
    },
  ];
}

/** µs per choice in each of so many threads that choose at once. */
async function costs(update: ConfigurationUpdate, threads: number): Promise<number[]> {
  const workers = Array.from({ length: threads }, (_, index) => start(update, index + 2));
  const answers = await Promise.all(workers.map((worker) => once(worker, "message")));
  await Promise.all(workers.map((worker) => worker.terminate()));
  return answers.map(([us]) => z.number().parse(us));
}

async function questionCost(update: ConfigurationUpdate, now: () => number): Promise<number> {
  const owner = start(update, 2);
  await once(owner, "message");
  const startedAt = now();
  for (let question = 0; question < questions; question += 1) {
    owner.postMessage("question");
    await once(owner, "message");
  }
  const tookMs = now() - startedAt;
  await owner.terminate();
  return (tookMs * 1_000) / questions;
}

function start(update: ConfigurationUpdate, thread: number): Worker {
  const workerData: ContentionStart = { thread, update, turns };
  return new Worker(new URL("./contention-thread.ts", import.meta.url), { workerData });
}
