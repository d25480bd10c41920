import { write as writeFile, writeSync } from "node:fs";

const bufferBytes = 64 * 1024;

/**
 * Collects lines and writes them to a file, many at a time and in order, without waiting for it. Lines are copied into
 * buffers as they come, for a string of a hundred lines costs more to put together and to encode than the lines.
 */
export class LineWriter {
  readonly #fd: number;
  readonly #maxWaiting: number;
  readonly #timer: NodeJS.Timeout;
  readonly #spare: Buffer[] = [];
  /** Full ones, the first of which is being written. */
  readonly #full: Buffer[] = [];
  #open: Buffer = Buffer.allocUnsafe(bufferBytes);
  #bytes = 0;
  #isWriting = false;
  #lost = 0;

  /**
   * @param holdMs a line is written after this time at the latest, ms
   * @param maxBytes what may wait while whoever reads the file does not: further lines are lost
   */
  constructor(fd: number, { holdMs = 100, maxBytes = 16 * 1024 * 1024 } = {}) {
    this.#fd = fd;
    this.#maxWaiting = Math.max(1, Math.floor(maxBytes / bufferBytes));
    this.#timer = setInterval(() => this.#hand(), holdMs).unref();
  }

  /** Lines that were lost because too many waited. */
  get lost(): number {
    return this.#lost;
  }

  /** Takes a line of ASCII with its end. One that is longer than 64 KiB is lost. */
  write(line: string): void {
    if (this.#bytes + line.length > bufferBytes) this.#hand();
    if (this.#bytes + line.length > bufferBytes) this.#lost += 1;
    else this.#bytes += this.#open.write(line, this.#bytes, "latin1");
  }

  /** Writes out what is held, now. */
  flushSync(): void {
    const waiting = this.#full.splice(this.#isWriting ? 1 : 0);
    for (const octets of [...waiting, this.#open.subarray(0, this.#bytes)]) {
      try {
        for (let at = 0; at < octets.length; ) at += writeSync(this.#fd, octets, at);
      } catch {
        break; // Nobody reads it any more.
      }
    }
    this.#bytes = 0;
  }

  close(): void {
    clearInterval(this.#timer);
    this.flushSync();
  }

  /** Gives what is held over to be written. */
  #hand(): void {
    if (this.#bytes === 0 || this.#full.length >= this.#maxWaiting) return;
    this.#full.push(this.#open.subarray(0, this.#bytes));
    this.#open = this.#spare.pop() ?? Buffer.allocUnsafe(bufferBytes);
    this.#bytes = 0;
    if (!this.#isWriting) this.#writeNext(0);
  }

  #writeNext(from: number): void {
    const [octets] = this.#full;
    this.#isWriting = octets !== undefined;
    if (!octets) return;
    writeFile(this.#fd, octets, from, octets.length - from, null, (error, written) => {
      // A pipe that is full for the moment.
      if (error?.code === "EAGAIN") setTimeout(() => this.#writeNext(from), retryMs).unref();
      else if (!error && from + written < octets.length) this.#writeNext(from + written);
      else {
        this.#full.shift();
        if (this.#spare.length < maxSpare) this.#spare.push(Buffer.from(octets.buffer, octets.byteOffset, bufferBytes));
        this.#writeNext(0);
      }
    });
  }
}

const retryMs = 10;
const maxSpare = 2;
