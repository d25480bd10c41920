import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, it } from "vitest";
import { SharedLock } from "./shared-lock.ts";

const freshWords = () => new Int32Array(new SharedArrayBuffer(16));

it("lets one thread in at a time, however many want to", async () => {
  const words = freshWords();
  const turns = 200_000;
  const threads = [1, 2, 3, 4].map(
    (thread) =>
      new Worker(new URL("./testing/counting-thread.ts", import.meta.url), { workerData: { words, thread, turns } }),
  );
  await Promise.all(threads.map((thread) => once(thread, "message")));
  expect([words[0], words[1]]).toEqual([0, 4 * turns]);
  await Promise.all(threads.map((thread) => thread.terminate()));
}, 30_000);

it("is freed for the thread that died with it, and for no other", () => {
  const words = freshWords();
  new SharedLock(words, 0, 3).acquire();
  const lock = new SharedLock(words, 0, 1);
  expect(lock.releaseOf(2)).toBe(false);
  expect(lock.releaseOf(3)).toBe(true);
  lock.acquire();
  lock.release();
  expect(words[0]).toBe(0);
});
