/** Octets by name, as grammars spell them. RFC 5234 appendix B.1. */
export const octet = {
  tab: 0x09,
  lf: 0x0a,
  cr: 0x0d,
  space: 0x20,
  colon: 0x3a,
  slash: 0x2f,
  semicolon: 0x3b,
  equals: 0x3d,
  quote: 0x22,
  backslash: 0x5c,
} as const;

/** 1 for octets of a token. RFC 9110 §5.6.2. */
export const isTokenOctet = table("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

/** 1 for octets of a field's value: visible ones, space, tab, and what is not ASCII. RFC 9110 §5.5. */
export const isValueOctet = range(0x20, 0xff);
isValueOctet[octet.tab] = 1;
isValueOctet[0x7f] = 0;

/** 1 for octets of a request target: visible ASCII. RFC 9112 §3.2. 2 for "#", which is none, but read by some. */
export const isTargetOctet = range(0x21, 0x7e);
isTargetOctet["#".charCodeAt(0)] = 2;

/** Value of a hexadecimal digit; 255 for every other octet. */
export const hexValue = new Uint8Array(256).fill(255);
for (let value = 0; value < 16; value += 1) {
  const digit = value.toString(16);
  hexValue[digit.charCodeAt(0)] = value;
  hexValue[digit.toUpperCase().charCodeAt(0)] = value;
}

function table(octets: string): Uint8Array {
  const marks = new Uint8Array(256);
  for (const each of octets) marks[each.charCodeAt(0)] = 1;
  return marks;
}

function range(from: number, to: number): Uint8Array {
  return new Uint8Array(256).fill(1, from, to + 1);
}
