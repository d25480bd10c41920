// Counts in shared memory under a lock, as one of several threads.

import { parentPort, workerData } from "node:worker_threads";
import { SharedLock } from "../shared-lock.ts";

const { words, thread, turns }: { words: Int32Array<SharedArrayBuffer>; thread: number; turns: number } = workerData;
const lock = new SharedLock(words, 0, thread);
for (let turn = 0; turn < turns; turn += 1) {
  lock.acquire();
  // Not atomic: two threads at once would lose one of the counts.
  words[1] = (words[1] ?? 0) + 1;
  lock.release();
}
parentPort?.postMessage("done");
