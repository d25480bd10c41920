/** "05:34:42 UTC", to the second: the same on the server and in every browser. */
export function utcTime(iso: string): string {
  return `${iso.slice(11, 19)} UTC`;
}

/** "2030-01-01 05:34:42.123 UTC". */
export function utcInstant(iso: string): string {
  return `${iso.slice(0, 23).replace("T", " ")} UTC`;
}
