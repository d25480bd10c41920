import { maxDefinitionBytes } from "../../model/definition.ts";
import { Problem } from "../../model/problem.ts";

/**
 * The text of an uploaded or fetched document. YAML and JSON may be in UTF-16 by their own rules; here they are UTF-8, as
 * OpenAPI's own media types have them. Problems: too-large; invalid for any other encoding and for binary files.
 */
export function decodeDefinition(bytes: Uint8Array): string {
  if (bytes.byteLength > maxDefinitionBytes) throw tooLargeDefinition();
  const other = otherEncoding(bytes);
  if (other) throw unreadable(`The document is ${other}. Save it as UTF-8.`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw unreadable(`The document is not UTF-8: ${firstBadOctet(bytes)}. Save it as UTF-8.`);
  }
}

/** What is told of a document beyond the limit, however it came. */
export function tooLargeDefinition(): Problem {
  return new Problem("too-large", "An OpenAPI document has at most 10 MiB.");
}

function unreadable(message: string): Problem {
  return new Problem("invalid", message, [{ path: "definition", message }]);
}

/** By the byte order mark, or by the zero octets that ASCII characters have in UTF-16 and UTF-32 (YAML 1.2, 5.2). */
function otherEncoding([first = 1, second = 1, third = 1, fourth = 1]: Uint8Array): string | undefined {
  if (first === 0 && second === 0) return "UTF-32";
  if (second === 0 && third === 0 && fourth === 0) return "UTF-32";
  if (first === 0xff && second === 0xfe) return "UTF-16";
  if (first === 0xfe && second === 0xff) return "UTF-16";
  if (first === 0x50 && second === 0x4b) return "a ZIP archive";
  if (first === 0x1f && second === 0x8b) return "compressed with gzip";
  return first === 0 || second === 0 ? "UTF-16" : undefined;
}

/** Line by line, so that the line of what is wrong can be told. */
function firstBadOctet(bytes: Uint8Array): string {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let start = 0;
  for (let line = 1; start < bytes.length; line += 1) {
    const newLine = bytes.indexOf(0x0a, start);
    const end = newLine === -1 ? bytes.length : newLine + 1;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return `line ${line} has octets that are no character`;
    }
    start = end;
  }
  return "it has octets that are no character";
}
