import { fieldId } from "./field-name.ts";
import type { MessageFields } from "./message-fields.ts";
import { octet } from "./octets.ts";

/** How the length of a body is told. `invalid`: it is not told, or told in two ways. */
export type Framing = "none" | "length" | "chunked" | "invalid";

/** Longer than anything is, and exact as a number. */
const maxLengthDigits = 15;

/**
 * What the head says of its body's length. Whatever could be understood in two ways is invalid, RFC 9112 §6.3 or not: a
 * second Content-Length even if it says the same, a list of lengths, any coding but chunked, a length beside chunks.
 */
export function framingOf(fields: MessageFields, buffer: Uint8Array): Framing {
  const codings = fields.countOf(fieldId["transfer-encoding"]);
  const lengths = fields.countOf(fieldId["content-length"]);
  if (codings === 0 && lengths === 0) return "none";
  if (codings + lengths > 1) return "invalid";
  if (codings === 1) return isChunked(fields, buffer) ? "chunked" : "invalid";
  return contentLength(fields, buffer) === -1 ? "invalid" : "length";
}

/** The value of the one Content-Length; -1 when it is no number that we take. */
export function contentLength(fields: MessageFields, buffer: Uint8Array): number {
  const index = fields.find(fieldId["content-length"]);
  const start = fields.valueStart(index);
  const end = fields.valueEnd(index);
  if (end === start || end - start > maxLengthDigits) return -1;
  let length = 0;
  for (let position = start; position < end; position += 1) {
    const digit = (buffer[position] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    length = length * 10 + digit;
  }
  return length;
}

const chunked = Buffer.from("chunked", "latin1");

function isChunked(fields: MessageFields, buffer: Uint8Array): boolean {
  const index = fields.find(fieldId["transfer-encoding"]);
  const start = fields.valueStart(index);
  if (fields.valueEnd(index) - start !== chunked.length) return false;
  return chunked.every((wanted, offset) => ((buffer[start + offset] ?? 0) | octet.space) === wanted);
}
