const bufferBytes = 64 * 1024;
/** More than this many are not kept: 4 MiB a worker. */
const maxSpare = 64;

/**
 * Memory for large pieces on their way to a client. It is used again as soon as a piece has been written: fresh memory for
 * every piece would cost more than copying into some that the processor knows.
 */
export class OctetPool {
  readonly #spare: Buffer[] = [];

  /** A copy of octets, which is the caller's until it is given back. */
  copyOf(buffer: Buffer, start: number, end: number): Buffer {
    // What came with a head that was cut may be more than one read.
    if (end - start > bufferBytes) return Buffer.from(buffer.subarray(start, end));
    const copy = this.#spare.pop() ?? Buffer.allocUnsafeSlow(bufferBytes);
    buffer.copy(copy, 0, start, end);
    return copy.subarray(0, end - start);
  }

  /** Nobody reads the copy any more. */
  giveBack(copy: Buffer): void {
    if (copy.buffer.byteLength === bufferBytes && this.#spare.length < maxSpare)
      this.#spare.push(Buffer.from(copy.buffer, 0, bufferBytes));
  }
}
