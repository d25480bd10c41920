import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "./failure.ts";
import type { SupervisedProcess } from "./supervised-process.ts";

const deadlineMs = 120_000;
const pollMs = 50;
const triesOfAProcess = 3;

/** Waits until a process answers at a URL with something better than a server error. */
export async function untilAnswering(
  name: string,
  url: string,
  process: SupervisedProcess,
  signal: AbortSignal,
): Promise<void> {
  for (const deadline = performance.now() + deadlineMs; ; await sleep(pollMs, undefined, { signal })) {
    if (await answers(url, signal)) return;
    if (process.failures >= triesOfAProcess) {
      throw new Failure(`${name} ended ${process.failures} times without having answered; its messages are above`);
    }
    if (performance.now() > deadline)
      throw new Failure(`${name} does not answer at ${url} after ${deadlineMs / 1_000} s`);
  }
}

/** Where a listener is reached from this machine: an address that means "all" is answered on the loopback one. */
export function localUrl(host: string, port: number): string {
  const reachable = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}

async function answers(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(url, {
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
    });
    await response.body?.cancel();
    return response.status < 500;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}
