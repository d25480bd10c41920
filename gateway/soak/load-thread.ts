// The load of the soak test: so many connections that each have one request under way all the time, until told to stop.

import { Agent, request } from "node:http";
import { parentPort, workerData } from "node:worker_threads";
import type { LoadStart } from "./load.ts";

const { port, connections, tally, phase, path }: LoadStart = workerData;
const agent = new Agent({ keepAlive: true, maxSockets: connections });
let isStopping = false;

parentPort?.once("message", () => {
  isStopping = true;
});

/** One request: who answered, or undefined if it was lost. */
function send(): Promise<string | undefined> {
  return new Promise((resolve) => {
    const sent = request({ host: "127.0.0.1", port, path, agent, timeout: 30_000 }, (response) => {
      let text = "";
      response.setEncoding("latin1").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve(response.statusCode === 200 && response.complete ? text : undefined));
      response.on("error", () => resolve(undefined));
    });
    sent.on("timeout", () => sent.destroy());
    sent.on("error", () => resolve(undefined));
    sent.end();
  });
}

async function keepSending(): Promise<void> {
  while (!isStopping) {
    const before = Atomics.load(phase, 0);
    const answer = await send();
    const who = answer === undefined ? 3 : answer.charCodeAt(0) - 65;
    // What began in one phase and ended in another says nothing of shares.
    const row = Atomics.load(phase, 0) === before ? before : 0;
    Atomics.add(tally, row * 4 + who, 1);
  }
}

await Promise.all(Array.from({ length: connections }, keepSending));
agent.destroy();
