import { fieldId } from "./field-name.ts";
import { MessageFields, scanResult } from "./message-fields.ts";
import { hexValue, isTokenOctet, isValueOctet, octet } from "./octets.ts";

/** Most octets of a chunk's size line, extensions included, and of all trailers. */
const maxLineBytes = 256;
const maxTrailerBytes = 16 * 1024;
/** Digits of a chunk's size: less than 2^52. */
const maxSizeDigits = 13;

type Step = "size" | "extension" | "size-end" | "data" | "data-end-cr" | "data-end-lf" | "trailers" | "done";

type ExtensionPart = "name-begins" | "name" | "value-begins" | "value" | "quoted" | "escaped" | "quotes-end";

/**
 * Follows a chunked body through the pieces it arrives in, to find its end and to refuse what is no chunked body. The
 * octets themselves are forwarded as they are. RFC 9112 §7.1, with CRLF at every line's end and short extensions.
 */
export class ChunkScanner {
  #step: Step = "size";
  #size = 0;
  #digits = 0;
  #lineBytes = 0;
  #part: ExtensionPart = "name-begins";
  #left = 0;
  #announcedBytes = 0;
  #trailers: Buffer | undefined;

  /** Whether the body has come to its end. */
  get isDone(): boolean {
    return this.#step === "done";
  }

  /** Sum of the chunks that have begun, octets. */
  get announcedBytes(): number {
    return this.#announcedBytes;
  }

  reset(): void {
    this.#step = "size";
    this.#size = 0;
    this.#digits = 0;
    this.#lineBytes = 0;
    this.#trailers = undefined;
  }

  /**
   * Takes the next piece. The position after what belongs to the body, `end` when all of it does, or
   * {@link scanResult.malformed}.
   */
  scan(buffer: Buffer, start: number, end: number): number {
    let position = start;
    while (position < end && this.#step !== "done") {
      if (this.#step === "data") {
        const taken = Math.min(this.#left, end - position);
        this.#left -= taken;
        position += taken;
        if (this.#left === 0) this.#step = "data-end-cr";
      } else if (this.#step === "trailers") {
        position = this.#scanTrailers(buffer, position, end);
        if (position < 0) return scanResult.malformed;
      } else {
        if (!this.#take(buffer[position] ?? 0)) return scanResult.malformed;
        position += 1;
      }
    }
    return position;
  }

  /** One octet of a line around the data. */
  #take(found: number): boolean {
    switch (this.#step) {
      case "size": {
        const digit = hexValue[found] ?? 255;
        if (digit !== 255) {
          this.#size = this.#size * 16 + digit;
          this.#digits += 1;
          return this.#digits <= maxSizeDigits;
        }
        if (this.#digits === 0) return false;
        if (found === octet.cr) this.#step = "size-end";
        else if (found === octet.semicolon) this.#beginExtension();
        else return false;
        return true;
      }
      case "extension":
        this.#lineBytes += 1;
        return this.#lineBytes <= maxLineBytes && this.#takeOfExtension(found);
      case "size-end":
        if (found !== octet.lf) return false;
        this.#left = this.#size;
        this.#announcedBytes += this.#size;
        this.#step = this.#size === 0 ? "trailers" : "data";
        return true;
      case "data-end-cr":
        this.#step = "data-end-lf";
        return found === octet.cr;
      case "data-end-lf":
        this.reset();
        return found === octet.lf;
      case "data":
      case "trailers":
      case "done":
        return false;
    }
  }

  #beginExtension(): void {
    this.#step = "extension";
    this.#part = "name-begins";
  }

  /** A name, and after "=" a value that is a token or stands in quotes. RFC 9112 §7.1.1. */
  #takeOfExtension(found: number): boolean {
    switch (this.#part) {
      case "name-begins":
      case "value-begins":
        if (this.#part === "value-begins" && found === octet.quote) this.#part = "quoted";
        else if (isTokenOctet[found] === 1) this.#part = this.#part === "name-begins" ? "name" : "value";
        else return false;
        return true;
      case "name":
      case "value":
        if (isTokenOctet[found] === 1) return true;
        if (found !== octet.equals || this.#part === "value") return this.#endExtension(found);
        this.#part = "value-begins";
        return true;
      case "quoted":
        if (found === octet.quote) this.#part = "quotes-end";
        else if (found === octet.backslash) this.#part = "escaped";
        return isValueOctet[found] === 1;
      case "escaped":
        this.#part = "quoted";
        return isValueOctet[found] === 1;
      case "quotes-end":
        return this.#endExtension(found);
    }
  }

  #endExtension(found: number): boolean {
    if (found === octet.cr) this.#step = "size-end";
    else if (found === octet.semicolon) this.#beginExtension();
    else return false;
    return true;
  }

  /** Trailers are few and rare: they are read like a head once they are there. */
  #scanTrailers(buffer: Buffer, start: number, end: number): number {
    const before = this.#trailers?.length ?? 0;
    const piece = buffer.subarray(start, end);
    const all = this.#trailers ? Buffer.concat([this.#trailers, piece]) : piece;
    const after = trailerFields().scan(all, 0, all.length);
    // A length in a trailer comes too late for everybody, and would be believed by some. RFC 9110 §6.5.1.
    if (
      after >= 0 &&
      (scratch.countOf(fieldId["content-length"]) > 0 || scratch.countOf(fieldId["transfer-encoding"]) > 0)
    )
      return scanResult.malformed;
    if (after >= 0) {
      this.#step = "done";
      this.#trailers = undefined;
      return start + after - before;
    }
    if (after !== scanResult.incomplete || all.length > maxTrailerBytes) return scanResult.malformed;
    // The buffer may be filled anew before the rest comes.
    this.#trailers = Buffer.from(all);
    return end;
  }
}

const scratch = new MessageFields();

function trailerFields(): MessageFields {
  scratch.clear();
  return scratch;
}
