/** A text as one word of a POSIX shell: everything between single quotes is taken as it is, but for the single quote. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
