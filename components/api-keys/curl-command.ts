import { shellQuoted } from "@/lib/model/shell-quoted.ts";

/** A command to paste into a shell that calls a URL with a credential header. */
export function curlCommand(url: string, header: string): string {
  return `curl ${shellQuoted(url)} -H ${shellQuoted(header)}`;
}
