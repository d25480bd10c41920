import { decodeJwt, decodeProtectedHeader } from "jose";

type Parts = { header: Readonly<Record<string, unknown>>; claims: Readonly<Record<string, unknown>> };

/** What a token says of itself, which nobody has checked: to be shown to whoever has the token. Empty where it is none. */
export function readToken(token: string): Parts {
  return { header: read(() => decodeProtectedHeader(token)), claims: read(() => decodeJwt(token)) };
}

function read(decode: () => object): Readonly<Record<string, unknown>> {
  try {
    return Object.fromEntries(Object.entries(decode()));
  } catch {
    return {}; // No such part.
  }
}
