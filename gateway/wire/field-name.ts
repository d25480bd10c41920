/**
 * Fields that the gateway reads, removes or replaces, numbered from 1 on; 0 is any other field. Everything else of a head
 * is forwarded as the octets it is.
 */
export const fieldId = {
  host: 1,
  "content-length": 2,
  "transfer-encoding": 3,
  connection: 4,
  "keep-alive": 5,
  "proxy-connection": 6,
  "proxy-authenticate": 7,
  "proxy-authorization": 8,
  te: 9,
  trailer: 10,
  upgrade: 11,
  expect: 12,
  "http2-settings": 13,
  "x-forwarded-for": 14,
  "x-forwarded-proto": 15,
  "x-forwarded-host": 16,
  "x-request-id": 17,
  apikey: 18,
  "internal-key": 19,
  cookie: 20,
  clientid: 21,
  "idempotency-key": 22,
  "content-type": 23,
  "set-cookie": 24,
  "retry-after": 25,
  date: 26,
  authorization: 27,
} as const;
export type FieldName = keyof typeof fieldId;
export const fieldIds = 28;

type Candidate = { id: number; octets: Uint8Array };

const candidates: (readonly Candidate[] | undefined)[] = [];
for (const [name, id] of Object.entries(fieldId)) {
  candidates[name.length] = [...(candidates[name.length] ?? []), { id, octets: Buffer.from(name, "latin1") }];
}

/** The number of the field whose name stands at `start`, in any case; 0 when it is none of ours. */
export function fieldIdAt(buffer: Uint8Array, start: number, end: number): number {
  const list = candidates[end - start];
  if (list === undefined) return 0;
  for (let index = 0; index < list.length; index += 1) {
    const candidate = list[index];
    if (candidate !== undefined && isAt(buffer, start, candidate.octets)) return candidate.id;
  }
  return 0;
}

/** Compares without regard to case. Names have letters, digits and hyphens only, whose bit 0x20 letters alone lose. */
function isAt(buffer: Uint8Array, start: number, octets: Uint8Array): boolean {
  for (let index = 0; index < octets.length; index += 1) {
    const wanted = octets[index] ?? 0;
    const found = buffer[start + index] ?? 0;
    if (found !== wanted && !(wanted >= 0x61 && found === wanted - 0x20)) return false;
  }
  return true;
}
