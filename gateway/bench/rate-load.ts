import { connect, type Socket } from "node:net";
import { z } from "zod";
import { percentile } from "./statistics.ts";

/** Load at a constant rate, whatever the answers take. */
export const rateLoadSchema = z.object({
  port: z.number(),
  path: z.string(),
  headers: z.record(z.string(), z.string()),
  perSecond: z.number(),
  seconds: z.number(),
  connections: z.number(),
});
export type RateLoad = z.infer<typeof rateLoadSchema>;

export const rateResultSchema = z.object({
  requests: z.number(),
  failed: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
});
export type RateResult = z.infer<typeof rateResultSchema>;

/** Answers may come in for so long after the last request is due, ms. */
const patienceMs = 5_000;

/**
 * Sends requests at the times at which they are due, spread evenly, and measures each from then on: one that has to wait
 * for a connection because answers are late has waited. It watches the clock without a pause, so that the load is as even
 * as the operating system lets it be.
 */
export async function runRateLoad({ perSecond, seconds, connections, ...target }: RateLoad): Promise<RateResult> {
  const total = Math.floor(perSecond * seconds);
  const latencies = new Float64Array(total);
  const free: RateConnection[] = [];
  let [sent, answered, failed] = [0, 0, 0];
  const startAt = performance.now() + 10;
  const dueAt = (index: number) => startAt + (index * 1_000) / perSecond;
  const all = Array.from({ length: connections }, () => {
    const connection = new RateConnection(target, (index, isGood) => {
      latencies[answered] = performance.now() - dueAt(index);
      answered += 1;
      if (!isGood) failed += 1;
      free.push(connection);
    });
    free.push(connection);
    return connection;
  });
  const endAt = startAt + seconds * 1_000 + patienceMs;
  while (answered < total && performance.now() < endAt) {
    while (sent < total && dueAt(sent) <= performance.now()) {
      const connection = free.pop();
      if (!connection) break;
      connection.send(sent);
      sent += 1;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (const connection of all) connection.close();
  const sorted = latencies.subarray(0, answered).sort();
  return {
    requests: answered,
    failed: failed + total - answered,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
  };
}

/** A connection that carries one request at a time. Answers have a Content-Length. */
class RateConnection {
  readonly #socket: Socket;
  readonly #request: string;
  #index = 0;
  #head = "";
  /** Octets of the body that are still to come; undefined while the head is. */
  #missing: number | undefined;

  constructor(
    { port, path, headers }: Pick<RateLoad, "port" | "path" | "headers">,
    onAnswer: (index: number, isGood: boolean) => void,
  ) {
    const fields = Object.entries({ Host: `127.0.0.1:${port}`, ...headers }).map((field) => `${field.join(": ")}\r\n`);
    this.#request = `GET ${path} HTTP/1.1\r\n${fields.join("")}\r\n`;
    this.#socket = connect(port, "127.0.0.1");
    this.#socket.setNoDelay(true);
    // What is not answered for it counts as failed at the end.
    this.#socket.on("error", () => this.#socket.destroy());
    this.#socket.on("data", (chunk) => {
      if (!this.#isWholeWith(chunk)) return;
      const isGood = this.#head.startsWith("HTTP/1.1 200");
      this.#head = "";
      this.#missing = undefined;
      onAnswer(this.#index, isGood);
    });
  }

  send(index: number): void {
    this.#index = index;
    this.#socket.write(this.#request);
  }

  close(): void {
    this.#socket.destroy();
  }

  #isWholeWith(chunk: Buffer): boolean {
    if (this.#missing !== undefined) {
      this.#missing -= chunk.length;
      return this.#missing <= 0;
    }
    this.#head += chunk.toString("latin1");
    const end = this.#head.indexOf("\r\n\r\n");
    if (end < 0) return false;
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(this.#head)?.[1] ?? 0);
    this.#missing = end + 4 + length - this.#head.length;
    return this.#missing <= 0;
  }
}
