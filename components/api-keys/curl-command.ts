/** A command to paste into a shell that calls a URL with a credential header. */
export function curlCommand(url: string, header: string): string {
  return `curl ${shellQuoted(url)} -H ${shellQuoted(header)}`;
}

/** POSIX shells take everything between single quotes as it is, but for the single quote itself. */
const shellQuoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
