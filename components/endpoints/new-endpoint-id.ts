/**
 * An id for an endpoint that was just added: 32 hexadecimal characters, 128 random bits. Not `crypto.randomUUID`, which
 * browsers offer on https and localhost only: a publisher may be reached by plain http inside a company.
 */
export function newEndpointId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
