import type { Duplex } from "node:stream";

/** A client that has no answer yet is not listened to beyond this, bytes. */
const maxBytes = 64 * 1024;

/**
 * Reads from a client that waits for its handshake: what it sends early is kept for the endpoint, and only who reads
 * hears that it has left. Nobody waits for an answer on a connection that they have closed, so its end destroys it.
 */
export class EarlyBytes {
  readonly #client: Duplex;
  readonly #chunks: Buffer[];
  #count: number;

  constructor(client: Duplex, head: Buffer) {
    this.#client = client;
    this.#chunks = [head];
    this.#count = head.length;
    client.on("data", this.#onData);
    client.on("end", this.#onEnd);
  }

  /** Stops reading; what came so far. */
  take(): Buffer {
    this.#client.off("data", this.#onData);
    this.#client.off("end", this.#onEnd);
    this.#client.pause();
    return Buffer.concat(this.#chunks);
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#chunks.push(chunk);
    this.#count += chunk.length;
    if (this.#count > maxBytes) this.#client.pause();
  };

  readonly #onEnd = (): void => {
    this.#client.destroy();
  };
}
