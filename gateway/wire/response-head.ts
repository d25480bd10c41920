import { fieldId } from "./field-name.ts";
import { contentLength, type Framing, framingOf } from "./framing.ts";
import { MessageFields, scanResult } from "./message-fields.ts";
import { hexValue, isValueOctet, octet } from "./octets.ts";

/** Most octets of a response's head. */
export const maxResponseHeadBytes = 32 * 1024;

/** How the body of a response is delimited; `close`: by the end of the connection. RFC 9112 §6.3. */
export type ResponseFraming = Exclude<Framing, "invalid"> | "close";

const start11 = Buffer.from("HTTP/1.1 ", "latin1");

/** The head of an endpoint's response, as positions in the buffer that it was read from; as strict as for requests. */
export class ResponseHead {
  readonly fields = new MessageFields();
  status = 0;
  /** Whether the words after the status may stand in a status line. */
  hasSoundReason = true;
  /** Where the fields begin. */
  fieldsStart = 0;
  framing: ResponseFraming = "none";
  contentLength = 0;
  /** Whether the endpoint ends the connection, or may. */
  closes = false;

  /**
   * Reads a head that begins at `start`. The position after it, or a {@link scanResult}.
   *
   * @param isHead whether it answers HEAD, whose responses have no body whatever they say
   */
  scan(buffer: Uint8Array, start: number, end: number, isHead: boolean): number {
    const limit = Math.min(end, start + maxResponseHeadBytes);
    this.fields.clear();
    const line = this.#scanLine(buffer, start, limit);
    const after = line < 0 ? line : this.fields.scan(buffer, line, limit);
    if (after === scanResult.incomplete && end - start >= maxResponseHeadBytes) return scanResult.tooLarge;
    if (after < 0) return after;
    return this.#readFraming(buffer, isHead) ? after : scanResult.malformed;
  }

  /** Whether what follows is a stream of events, which is silent for as long as nothing happens. */
  isEventStream(buffer: Buffer): boolean {
    return /^text\/event-stream/i.test(this.fields.textOf(buffer, fieldId["content-type"]) ?? "");
  }

  #scanLine(buffer: Uint8Array, start: number, end: number): number {
    for (let index = 0; index < start11.length; index += 1) {
      if (start + index >= end) return scanResult.incomplete;
      const found = buffer[start + index];
      // HTTP/1.0 is answered by old servers still; the connection then ends with the response.
      if (index === 7 && found === 0x30) this.closes = true;
      else if (found !== start11[index]) return scanResult.malformed;
      else if (index === 7) this.closes = false;
    }
    let position = start + start11.length;
    this.status = 0;
    for (const stop = position + 3; position < stop; position += 1) {
      if (position >= end) return scanResult.incomplete;
      const digit = hexValue[buffer[position] ?? 0] ?? 255;
      if (digit > 9) return scanResult.malformed;
      this.status = this.status * 10 + digit;
    }
    if (this.status < 100) return scanResult.malformed;
    if (position >= end) return scanResult.incomplete;
    // The space before an empty reason is often left out.
    if (buffer[position] !== octet.space && buffer[position] !== octet.cr) return scanResult.malformed;
    // Words with what a status line may not have are replaced; nothing depends on them. RFC 9112 §4.
    this.hasSoundReason = true;
    while (position < end && buffer[position] !== octet.cr && buffer[position] !== octet.lf) {
      if (isValueOctet[buffer[position] ?? 0] !== 1) this.hasSoundReason = false;
      position += 1;
    }
    if (position + 1 >= end)
      return position < end && buffer[position] !== octet.cr ? scanResult.malformed : scanResult.incomplete;
    if (buffer[position] !== octet.cr || buffer[position + 1] !== octet.lf) return scanResult.malformed;
    this.fieldsStart = position + 2;
    return this.fieldsStart;
  }

  #readFraming(buffer: Uint8Array, isHead: boolean): boolean {
    const { fields, status } = this;
    const told = framingOf(fields, buffer);
    if (told === "invalid") return false;
    this.contentLength = told === "length" ? contentLength(fields, buffer) : 0;
    const isBodiless = isHead || status < 200 || status === 204 || status === 304;
    this.framing = isBodiless ? "none" : told === "none" ? "close" : told;
    // HTTP/1.0 knows no chunks: what claims them is not what it says.
    if (this.closes && told === "chunked") return false;
    if (this.framing === "close") this.closes = true;
    for (let index = fields.find(fieldId.connection); index !== -1 && index < fields.count; index += 1) {
      if (fields.id(index) === fieldId.connection && namesClose(buffer, fields, index)) this.closes = true;
    }
    return true;
  }
}

/** Whether `close` is one of the options. */
function namesClose(buffer: Uint8Array, fields: MessageFields, index: number): boolean {
  const value = Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  return /(^|[,\s])close([,\s]|$)/i.test(fields.text(value, index));
}
