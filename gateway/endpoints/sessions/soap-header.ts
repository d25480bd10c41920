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

const paths: { field: keyof SoapSessionIds; path: string }[] = [
  { field: "serviceGroupId", path: `{${axis2}}ServiceGroupId` },
  { field: "clientId", path: `{${synapse}}ClientID` },
  {
    field: "replyToServiceGroupId",
    path: `{${addressing}}ReplyTo/{${addressing}}ReferenceParameters/{${axis2}}ServiceGroupId`,
  },
];

/**
 * Reads session ids from the head of a SOAP 1.1 or 1.2 envelope as its bytes pass, and stops at the end of the header.
 * A document type, malformed XML, another root or more than {@link maxSoapHeaderBytes} ends the reading without ids:
 * entities are never expanded, nothing is fetched, and what cannot be read is not our business.
 */
export class SoapHeaderReader {
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  readonly #parser = new SaxesParser({ xmlns: true });
  #stack: string[] = [];
  #text = "";
  #bytes = 0;
  #ids: SoapSessionIds = {};
  #done = false;

  constructor() {
    this.#parser.on("error", () => this.#abandon());
    this.#parser.on("doctype", () => this.#abandon());
    this.#parser.on("opentag", (tag) => this.#open(tag.uri, tag.local));
    this.#parser.on("text", (text) => {
      if (this.#stack.length > 2 && this.#text.length <= maxIdLength) this.#text += text;
    });
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
    if (this.#done) return;
    this.#bytes += chunk.byteLength;
    if (this.#bytes > maxSoapHeaderBytes + 65_536) {
      this.#abandon();
      return;
    }
    try {
      this.#parser.write(this.#decoder.decode(chunk, { stream: true }));
    } catch {
      this.#abandon(); // Not UTF-8: forwarded as it is, without a session.
    }
  }

  #open(uri: string, local: string): void {
    const depth = this.#stack.length;
    const isEnvelopePart = envelopeNamespaces.has(uri);
    if (depth === 0 && !(isEnvelopePart && local === "Envelope")) {
      this.#abandon();
      return;
    }
    // The header comes first or not at all.
    if (depth === 1 && !(isEnvelopePart && local === "Header")) {
      this.#done = true;
      return;
    }
    this.#stack.push(`{${uri}}${local}`);
    this.#text = "";
    if (depth > 32) this.#abandon();
  }

  #close(): void {
    if (this.#done) return;
    const path = this.#stack.slice(2).join("/");
    const id = this.#text.trim();
    if (id !== "" && id.length <= maxIdLength) {
      for (const candidate of paths) if (candidate.path === path) this.#ids = { [candidate.field]: id, ...this.#ids };
    }
    this.#text = "";
    this.#stack.pop();
    if (this.#stack.length === 1) this.#done = true;
  }

  #abandon(): void {
    this.#done = true;
    this.#ids = {};
  }
}
