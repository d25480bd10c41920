import { fieldId } from "./field-name.ts";
import { contentLength, type Framing, framingOf } from "./framing.ts";
import { MessageFields, scanResult } from "./message-fields.ts";
import { isTargetOctet, isTokenOctet, octet } from "./octets.ts";

/** Most octets of a request's head. */
export const maxHeadBytes = 16 * 1024;

const version = Buffer.from("HTTP/1.1\r\n", "latin1");
const versionStart = Buffer.from("HTTP/", "latin1");

/**
 * The head of a request, as positions in the buffer that it was read from. `scan` first; then everything else is of the
 * head that was scanned last.
 */
export class RequestHead {
  readonly fields = new MessageFields();
  methodEnd = 0;
  targetStart = 0;
  targetEnd = 0;
  start = 0;
  framing: Framing = "none";
  /** Octets of the body, when `framing` is "length". */
  contentLength = 0;
  /** Whether the connection ends with this request. RFC 9112 §9.3. */
  closes = false;
  /** Why this is not the ordinary case, though it is no error: another part of the gateway serves it. */
  isUnusual = false;
  #hasFragment = false;

  /**
   * Reads a head that begins at `start`. The position after it, or a {@link scanResult}: refused is what RFC 9112 forbids,
   * and all that two readers could understand differently.
   */
  scan(buffer: Uint8Array, start: number, end: number): number {
    const limit = Math.min(end, start + maxHeadBytes);
    const after = this.#scan(buffer, start, limit);
    if (after === scanResult.incomplete && end - start >= maxHeadBytes) return scanResult.tooLarge;
    return after;
  }

  #scan(buffer: Uint8Array, start: number, end: number): number {
    this.start = start;
    this.fields.clear();
    this.isUnusual = false;
    const line = this.#scanLine(buffer, start, end);
    if (line < 0 || this.isUnusual) return line;
    const after = this.fields.scan(buffer, line, end);
    if (after < 0) return after;
    return this.#isSound(buffer) ? after : scanResult.malformed;
  }

  #scanLine(buffer: Uint8Array, start: number, end: number): number {
    let position = start;
    while (position < end && isTokenOctet[buffer[position] ?? 0] === 1) position += 1;
    if (position >= end) return scanResult.incomplete;
    if (buffer[position] !== octet.space || position === start) return scanResult.malformed;
    this.methodEnd = position;
    position += 1;
    this.targetStart = position;
    let marks = 0;
    for (let mark = 1; position < end && mark !== 0; position += mark === 0 ? 0 : 1) {
      mark = isTargetOctet[buffer[position] ?? 0] ?? 0;
      marks |= mark;
    }
    this.#hasFragment = (marks & 2) !== 0;
    if (position >= end) return scanResult.incomplete;
    if (buffer[position] !== octet.space || position === this.targetStart) return scanResult.malformed;
    this.targetEnd = position;
    return this.#scanVersion(buffer, position + 1, end);
  }

  #scanVersion(buffer: Uint8Array, start: number, end: number): number {
    for (let index = 0; index < version.length; index += 1) {
      if (start + index >= end) return scanResult.incomplete;
      if (buffer[start + index] === version[index]) continue;
      // HTTP/1.0, and versions that are none, are for the other path to serve or to refuse.
      this.isUnusual = index >= versionStart.length && index < version.length - 2;
      return this.isUnusual ? start : scanResult.malformed;
    }
    // A target in another form than the origin's: proxies send it whole, CONNECT and OPTIONS have theirs. RFC 9112 §3.2.
    this.isUnusual = buffer[this.targetStart] !== octet.slash || this.#hasFragment;
    return start + version.length;
  }

  #isSound(buffer: Uint8Array): boolean {
    const { fields } = this;
    if (fields.countOf(fieldId.host) !== 1 || !isHost(buffer, fields)) return false;
    this.framing = framingOf(fields, buffer);
    if (this.framing === "invalid") return false;
    this.contentLength = this.framing === "length" ? contentLength(fields, buffer) : 0;
    this.closes = false;
    this.isUnusual = fields.countOf(fieldId.upgrade) > 0 || fields.countOf(fieldId.expect) > 0;
    for (let index = fields.find(fieldId.connection); index !== -1 && index < fields.count; index += 1) {
      if (fields.id(index) === fieldId.connection) this.#readConnection(buffer, index);
    }
    return true;
  }

  /** Close and keep-alive are the ordinary options; any other names a field that is not to be forwarded. */
  #readConnection(buffer: Uint8Array, index: number): void {
    const start = this.fields.valueStart(index);
    const end = this.fields.valueEnd(index);
    if (isWord(buffer, start, end, close)) this.closes = true;
    else if (!isWord(buffer, start, end, keepAlive)) this.isUnusual = true;
  }
}

const close = Buffer.from("close", "latin1");
const keepAlive = Buffer.from("keep-alive", "latin1");

function isWord(buffer: Uint8Array, start: number, end: number, word: Uint8Array): boolean {
  if (end - start !== word.length) return false;
  for (let index = 0; index < word.length; index += 1) {
    const found = buffer[start + index] ?? 0;
    if (found !== word[index] && (found | 0x20) !== word[index]) return false;
  }
  return true;
}

/** What a host and port are made of. RFC 3986 §3.2.2: names, addresses in brackets, percent escapes; no user, no path. */
const isHostOctet = new Uint8Array(256);
for (const each of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:[]%") {
  isHostOctet[each.charCodeAt(0)] = 1;
}

function isHost(buffer: Uint8Array, fields: MessageFields): boolean {
  const index = fields.find(fieldId.host);
  for (let position = fields.valueStart(index); position < fields.valueEnd(index); position += 1) {
    if (isHostOctet[buffer[position] ?? 0] !== 1) return false;
  }
  return true;
}
