/**
 * What HTTP/1.1 messages mean, read a second time and in another way: by splitting text and by expressions, slowly and
 * without a position. Whatever the gateway's readers say is held against this. RFC 9112.
 */

export type RequestReading =
  | { kind: "request"; method: string; target: string; fields: [string, string][]; body: BodyKind; rest: string }
  | { kind: "refused" | "unusual" | "incomplete" };

export type ResponseReading =
  | {
      kind: "response";
      status: number;
      fields: [string, string][];
      body: BodyKind | { kind: "until-close" };
      rest: string;
    }
  | { kind: "refused" | "incomplete" };

/** How a body's end is found. */
export type BodyKind = { kind: "none" } | { kind: "length"; length: number } | { kind: "chunked" };

const requestLine = /^([!#$%&'*+\-.^_`|~\w]+) ([\x21-\x7e]+) HTTP\/(.*)$/s;
const statusLine = /^HTTP\/1\.([01]) ([0-9]{3})(?:| (.*))$/s;
const fieldLine = /^([!#$%&'*+\-.^_`|~\w]+):[\t ]*([\t\x20-\x7e\x80-\xff]*)$/;
const chunkSize =
  /^([0-9a-fA-F]{1,13})((?:;[!#$%&'*+\-.^_`|~\w]+(?:=(?:[!#$%&'*+\-.^_`|~\w]+|"(?:[\t !\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t\x20-\x7e\x80-\xff])*"))?)*)\r\n/;
const hostValue = /^[\w\-.~!$&'()*+,;=:[\]%]*$/;

/**
 * Reads one request from the beginning of a text, one character for each octet.
 *
 * @param mayExpect whether expectations are nothing unusual: to an endpoint they are passed on
 */
export function readRequest(text: string, mayExpect = false): RequestReading {
  const end = text.indexOf("\r\n");
  if (end === -1) return { kind: "incomplete" };
  const line = requestLine.exec(text.slice(0, end));
  if (!line) return { kind: "refused" };
  const [, method = "", target = "", version = ""] = line;
  // Versions are told apart by their digits; what follows the right ones may only be the line's end.
  if (!version.startsWith("1.1")) return { kind: "unusual" };
  if (version !== "1.1") return { kind: "refused" };
  if (!target.startsWith("/") || target.includes("#")) return { kind: "unusual" };
  const read = readFields(text.slice(end + 2));
  if (typeof read === "string") return { kind: read };
  const { fields, rest } = read;
  const hosts = valuesOf(fields, "host");
  if (hosts.length !== 1 || !hostValue.test(hosts[0] ?? "")) return { kind: "refused" };
  const body = bodyOf(fields);
  if (body === undefined) return { kind: "refused" };
  const isOrdinary =
    valuesOf(fields, "upgrade").length === 0 &&
    (mayExpect || valuesOf(fields, "expect").length === 0) &&
    valuesOf(fields, "connection").every((value) => /^(close|keep-alive)$/i.test(value));
  return isOrdinary ? { kind: "request", method, target, fields, body, rest } : { kind: "unusual" };
}

/** Reads one response from the beginning of a text. @param method that it answers */
export function readResponse(text: string, method = "GET"): ResponseReading {
  const end = text.indexOf("\r\n");
  if (end === -1) return { kind: "incomplete" };
  const line = statusLine.exec(text.slice(0, end));
  const status = Number(line?.[2]);
  if (!line || /[\r\n]/.test(line[3] ?? "") || status < 100) return { kind: "refused" };
  const read = readFields(text.slice(end + 2));
  if (typeof read === "string") return { kind: read };
  const { fields, rest } = read;
  const told = bodyOf(fields);
  if (told === undefined || (line[1] === "0" && told.kind === "chunked")) return { kind: "refused" };
  if (!hasBody(status, method)) return { kind: "response", status, fields, body: { kind: "none" }, rest };
  const body = told.kind === "none" ? ({ kind: "until-close" } as const) : told;
  return { kind: "response", status, fields, body, rest };
}

/** The octets of a chunked body at the beginning of a text, and its content. */
export function readChunks(text: string): { octets: string; content: string } | "refused" | "incomplete" {
  let rest = text;
  let content = "";
  for (;;) {
    const size = chunkSize.exec(rest);
    if (!size || (size[2] ?? "").length > 256) return mayBecomeSize(rest) ? "incomplete" : "refused";
    rest = rest.slice(size[0].length);
    const length = Number.parseInt(size[1] ?? "", 16);
    if (length === 0) break;
    if (rest.length < length + 2) return "\r\n".startsWith(rest.slice(length)) ? "incomplete" : "refused";
    if (rest.slice(length, length + 2) !== "\r\n") return "refused";
    content += rest.slice(0, length);
    rest = rest.slice(length + 2);
  }
  const trailers = readFields(rest);
  if (typeof trailers === "string") return trailers;
  if (bodyOf(trailers.fields)?.kind !== "none") return "refused";
  return { octets: text.slice(0, text.length - trailers.rest.length), content };
}

/** Values of a field, whatever the case of its name. */
export function valuesOf(fields: readonly [string, string][], name: string): string[] {
  return fields.filter(([one]) => one.toLowerCase() === name).map(([, value]) => value);
}

function mayBecomeSize(text: string): boolean {
  return /^(?:[0-9a-fA-F]{1,13}(?:;[\t\x20-\x7e\x80-\xff]{0,255})?\r?)?$/.test(text);
}

function readFields(text: string): { fields: [string, string][]; rest: string } | "refused" | "incomplete" {
  const fields: [string, string][] = [];
  let rest = text;
  for (;;) {
    if (rest.startsWith("\r\n")) return { fields, rest: rest.slice(2) };
    const end = rest.indexOf("\r\n");
    const field = fieldLine.exec(end === -1 ? rest : rest.slice(0, end));
    if (end === -1) return "incomplete";
    if (!field || fields.length === 100) return "refused";
    fields.push([field[1] ?? "", (field[2] ?? "").replace(/[\t ]+$/, "")]);
    rest = rest.slice(end + 2);
  }
}

function bodyOf(fields: readonly [string, string][]): BodyKind | undefined {
  const codings = valuesOf(fields, "transfer-encoding");
  const lengths = valuesOf(fields, "content-length");
  if (codings.length + lengths.length > 1) return undefined;
  const [coding] = codings;
  const [length] = lengths;
  if (coding !== undefined) return /^chunked$/i.test(coding) ? { kind: "chunked" } : undefined;
  if (length === undefined) return { kind: "none" };
  return /^[0-9]{1,15}$/.test(length) ? { kind: "length", length: Number(length) } : undefined;
}

function hasBody(status: number, method: string): boolean {
  return method !== "HEAD" && status >= 200 && status !== 204 && status !== 304;
}
