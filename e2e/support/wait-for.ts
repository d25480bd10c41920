import { setTimeout as sleep } from "node:timers/promises";

/** Asks until the answer is there, or fails after `timeoutMs` with what was waited for and the last error. */
export async function waitFor<T>(what: string, ask: () => Promise<T | undefined>, timeoutMs = 15_000): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  let last: unknown;
  while (performance.now() < deadline) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      last = error;
    }
    await sleep(20);
  }
  throw new Error(`Waited ${timeoutMs} ms in vain for ${what}.`, { cause: last });
}
