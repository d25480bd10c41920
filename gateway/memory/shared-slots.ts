/** Room for whole numbers and for times in one slot. */
export const intsPerSlot = 32;
export const floatsPerSlot = 16;
const slotBytes = intsPerSlot * 4 + floatsPerSlot * 8;
const slotsPerSegment = 256;

/** One slot: its whole numbers begin at `int`, its floating-point numbers at `float`. */
export type Slot = {
  readonly ints: Int32Array<SharedArrayBuffer>;
  readonly floats: Float64Array<SharedArrayBuffer>;
  readonly int: number;
  readonly float: number;
};

/**
 * Memory that the threads of a gateway share, in numbered slots of equal size. It grows by segments, so that what threads
 * already hold stays where it is. One thread adds segments and tells the others.
 */
export class SharedSlots {
  readonly #buffers: SharedArrayBuffer[] = [];
  readonly #ints: Int32Array<SharedArrayBuffer>[] = [];
  readonly #floats: Float64Array<SharedArrayBuffer>[] = [];

  constructor(buffers: readonly SharedArrayBuffer[] = []) {
    for (const buffer of buffers) this.attach(buffer);
  }

  /** In the order they were added. */
  get buffers(): readonly SharedArrayBuffer[] {
    return this.#buffers;
  }

  get count(): number {
    return this.#buffers.length * slotsPerSegment;
  }

  /** Adds a segment of zeros, whose slots follow those there are. */
  grow(): SharedArrayBuffer {
    const buffer = new SharedArrayBuffer(slotsPerSegment * slotBytes);
    this.attach(buffer);
    return buffer;
  }

  /** Adds a segment that another thread has made. */
  attach(buffer: SharedArrayBuffer): void {
    this.#buffers.push(buffer);
    this.#ints.push(new Int32Array(buffer));
    this.#floats.push(new Float64Array(buffer));
  }

  /** @throws when no such slot is known to this thread */
  slot(number: number): Slot {
    const segment = Math.floor(number / slotsPerSegment);
    const place = number % slotsPerSegment;
    const ints = this.#ints[segment];
    const floats = this.#floats[segment];
    if (!ints || !floats) throw new Error(`There is no slot ${number}.`);
    const words = slotBytes / 4;
    return { ints, floats, int: place * words, float: (place * words + intsPerSlot) / 2 };
  }

  /** Fills a slot with zeros. */
  clear(number: number): void {
    const { ints, int } = this.slot(number);
    ints.fill(0, int, int + slotBytes / 4);
  }
}
