import { fieldIdAt, fieldIds } from "./field-name.ts";
import { isTokenOctet, isValueOctet, octet } from "./octets.ts";

/** Most fields of a head. */
export const maxFields = 100;

/** How reading a head went on: it needs more octets, it is no HTTP/1.1, or there is too much of it. */
export const scanResult = { incomplete: -1, malformed: -2, tooLarge: -3 } as const;

/** Positions of one field in {@link MessageFields.positions}. */
const perField = 5;
const at = { start: 0, nameEnd: 1, valueStart: 2, valueEnd: 3, end: 4 } as const;

/**
 * The fields of one head, as positions in the buffer that they were read from. One object serves all the messages of a
 * connection: reading a head allocates nothing.
 *
 * Stricter than RFC 9112 §5 asks, where senders have no reason to differ: line ends are CRLF, values have no control
 * characters, names end right before the colon, lines are not folded.
 */
export class MessageFields {
  count = 0;
  readonly #positions = new Int32Array(maxFields * perField);
  readonly #ids = new Uint8Array(maxFields);
  /** For each field number the first field that has it, plus one; 0: there is none. */
  readonly #first = new Uint8Array(fieldIds);
  readonly #counts = new Uint8Array(fieldIds);

  clear(): void {
    for (let index = 0; index < this.count; index += 1) {
      const id = this.id(index);
      this.#first[id] = 0;
      this.#counts[id] = 0;
    }
    this.count = 0;
  }

  /** How many fields have this number. */
  countOf(id: number): number {
    return this.#counts[id] ?? 0;
  }

  /** The first field with this number, -1 when there is none. */
  find(id: number): number {
    return (this.#first[id] ?? 0) - 1;
  }

  id(index: number): number {
    return this.#ids[index] ?? 0;
  }

  /** Where the field's line begins. */
  start(index: number): number {
    return this.#positions[index * perField + at.start] ?? 0;
  }

  nameEnd(index: number): number {
    return this.#positions[index * perField + at.nameEnd] ?? 0;
  }

  /** The value without the white space around it. */
  valueStart(index: number): number {
    return this.#positions[index * perField + at.valueStart] ?? 0;
  }

  valueEnd(index: number): number {
    return this.#positions[index * perField + at.valueEnd] ?? 0;
  }

  /** Where the next line begins. */
  end(index: number): number {
    return this.#positions[index * perField + at.end] ?? 0;
  }

  /** The value of a field as a string, one character for each octet. */
  text(buffer: Buffer, index: number): string {
    return buffer.toString("latin1", this.valueStart(index), this.valueEnd(index));
  }

  /** The value of the first field with this number, or undefined. */
  textOf(buffer: Buffer, id: number): string | undefined {
    const index = this.find(id);
    return index === -1 ? undefined : this.text(buffer, index);
  }

  /** The values of all fields with this number, in their order. */
  textsOf(buffer: Buffer, id: number): string[] {
    const values: string[] = [];
    if (this.countOf(id) === 0) return values;
    for (let index = 0; index < this.count; index += 1)
      if (this.id(index) === id) values.push(this.text(buffer, index));
    return values;
  }

  /** The same, joined; undefined when there is none. */
  joinedOf(buffer: Buffer, id: number, separator: string): string | undefined {
    if (this.countOf(id) <= 1) return this.textOf(buffer, id);
    return this.textsOf(buffer, id).join(separator);
  }

  /** Reads fields from `start` on to the empty line. The position after it, or a {@link scanResult}. */
  scan(buffer: Uint8Array, start: number, end: number): number {
    let position = start;
    for (;;) {
      if (position >= end) return scanResult.incomplete;
      if (buffer[position] === octet.cr) {
        if (position + 1 >= end) return scanResult.incomplete;
        return buffer[position + 1] === octet.lf ? position + 2 : scanResult.malformed;
      }
      position = this.#scanField(buffer, position, end);
      if (position < 0) return position;
    }
  }

  #scanField(buffer: Uint8Array, start: number, end: number): number {
    let position = start;
    while (position < end && isTokenOctet[buffer[position] ?? 0] === 1) position += 1;
    if (position >= end) return scanResult.incomplete;
    const nameEnd = position;
    if (buffer[position] !== octet.colon || nameEnd === start) return scanResult.malformed;
    position += 1;
    while (position < end && isBlank(buffer[position])) position += 1;
    const valueStart = position;
    while (position < end && isValueOctet[buffer[position] ?? 0] === 1) position += 1;
    if (position + 1 >= end)
      return position < end && buffer[position] !== octet.cr ? scanResult.malformed : scanResult.incomplete;
    if (buffer[position] !== octet.cr || buffer[position + 1] !== octet.lf) return scanResult.malformed;
    let valueEnd = position;
    while (valueEnd > valueStart && isBlank(buffer[valueEnd - 1])) valueEnd -= 1;
    if (this.count === maxFields) return scanResult.tooLarge;
    this.#keep(fieldIdAt(buffer, start, nameEnd), start, nameEnd, valueStart, valueEnd, position + 2);
    return position + 2;
  }

  #keep(id: number, start: number, nameEnd: number, valueStart: number, valueEnd: number, end: number): void {
    const base = this.count * perField;
    this.#positions[base + at.start] = start;
    this.#positions[base + at.nameEnd] = nameEnd;
    this.#positions[base + at.valueStart] = valueStart;
    this.#positions[base + at.valueEnd] = valueEnd;
    this.#positions[base + at.end] = end;
    this.#ids[this.count] = id;
    this.count += 1;
    if (id === 0) return;
    if (this.#counts[id] === 0) this.#first[id] = this.count;
    this.#counts[id] = (this.#counts[id] ?? 0) + 1;
  }
}

function isBlank(found: number | undefined): boolean {
  return found === octet.space || found === octet.tab;
}
