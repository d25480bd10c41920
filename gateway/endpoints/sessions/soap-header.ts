import { SaxesParser } from "saxes";

const envelopeNamespaces = new Set([
  "http://schemas.xmlsoap.org/soap/envelope/",
  "http://www.w3.org/2003/05/soap-envelope",
]);
const axis2 = "http://ws.apache.org/namespaces/axis2";
const synapse = "http://ws.apache.org/ns/synapse";
const addressing = "http://www.w3.org/2005/08/addressing";

/** How much of a body is read in search of a SOAP header, bytes. */
export const maxSoapHeaderBytes = 1024 * 1024;

/** Bytes that are parsed at once: what follows the header is not, and no depth grows unseen. */
const sliceBytes = 2048;

/** The parser looks a prefix up through all open elements, so depth is time. */
const maxDepth = 32;

const maxIdLength = 1_000;

/** Session ids that a SOAP header may carry. */
export type SoapSessionIds = {
  /** Header block `{http://ws.apache.org/namespaces/axis2}ServiceGroupId` of a request. */
  serviceGroupId?: string;
  /** Header block `{http://ws.apache.org/ns/synapse}ClientID` of a request. */
  clientId?: string;
  /** WS-Addressing ReplyTo / ReferenceParameters / ServiceGroupId of a response. */
  replyToServiceGroupId?: string;
};

const fields = new Map<string, keyof SoapSessionIds>([
  [`{${axis2}}ServiceGroupId`, "serviceGroupId"],
  [`{${synapse}}ClientID`, "clientId"],
  [`{${addressing}}ReplyTo/{${addressing}}ReferenceParameters/{${axis2}}ServiceGroupId`, "replyToServiceGroupId"],
]);

/**
 * Reads session ids from the head of a SOAP 1.1 or 1.2 envelope as its bytes pass, and stops at the end of the header.
 * A document type, malformed XML, another root or {@link maxSoapHeaderBytes} without an end of the header end the reading
 * without ids: entities are never expanded, nothing is fetched, and what cannot be read is not our business.
 */
export class SoapHeaderReader {
  readonly #parser = new SaxesParser({ xmlns: true, position: false });
  #decoder: TextDecoder | undefined;
  #first = Buffer.alloc(0);
  readonly #path: string[] = [];
  #text = "";
  #bytes = 0;
  #ids: SoapSessionIds = {};
  #done = false;

  constructor() {
    this.#parser.on("error", () => this.#abandon());
    this.#parser.on("doctype", () => this.#abandon());
    this.#parser.on("opentag", (tag) => this.#open(tag.uri, tag.local));
    this.#parser.on("text", (text) => this.#append(text));
    this.#parser.on("cdata", (text) => this.#append(text));
    this.#parser.on("closetag", () => this.#close());
  }

  /** Whether nothing more can come of reading on. */
  get isDone(): boolean {
    return this.#done;
  }

  /** What was found so far. */
  get ids(): SoapSessionIds {
    return this.#ids;
  }

  write(chunk: Uint8Array): void {
    for (let start = 0; start < chunk.length && !this.#done; start += sliceBytes) {
      this.#parse(chunk.subarray(start, start + sliceBytes));
    }
  }

  #parse(slice: Uint8Array): void {
    this.#bytes += slice.length;
    if (this.#bytes > maxSoapHeaderBytes) {
      this.#abandon();
      return;
    }
    let bytes = slice;
    if (!this.#decoder) {
      this.#first = Buffer.concat([this.#first, slice]);
      if (this.#first.length < 2) return;
      this.#decoder = new TextDecoder(encodingOf(this.#first));
      bytes = this.#first;
    }
    this.#parser.write(this.#decoder.decode(bytes, { stream: true }));
  }

  #open(uri: string, local: string): void {
    if (this.#done) return;
    const depth = this.#path.length;
    const isOfEnvelope = envelopeNamespaces.has(uri);
    if ((depth === 0 && !(isOfEnvelope && local === "Envelope")) || depth >= maxDepth) {
      this.#abandon();
      return;
    }
    // The header comes first or not at all.
    if (depth === 1 && !(isOfEnvelope && local === "Header")) {
      this.#done = true;
      return;
    }
    this.#path.push(`{${uri}}${local}`);
    this.#text = "";
  }

  #append(text: string): void {
    if (this.#text.length <= maxIdLength) this.#text += text;
  }

  #close(): void {
    if (this.#done) return;
    const field = fields.get(this.#path.slice(2).join("/"));
    const id = this.#text.trim();
    if (field && isUsable(id)) this.#ids = { [field]: id, ...this.#ids };
    this.#text = "";
    this.#path.pop();
    if (this.#path.length <= 1) this.#done = true;
  }

  #abandon(): void {
    if (this.#done) return;
    this.#done = true;
    this.#ids = {};
  }
}

/** An id that was decoded wrongly (its encoding is not ours to know) would bind clients that are not the same. */
function isUsable(id: string): boolean {
  return id !== "" && id.length <= maxIdLength && !id.includes("\uFFFD");
}

/**
 * UTF-16 shows in its first two bytes, with a byte order mark or without. All else is read as UTF-8: markup and ids are
 * ASCII in every encoding that SOAP is sent in.
 */
function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return "utf-16be";
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return "utf-16le";
  return "utf-8";
}
