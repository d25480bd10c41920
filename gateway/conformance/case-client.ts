import { createHash, randomBytes } from "node:crypto";
import { type ClientRequest as HttpRequest, type IncomingMessage, request } from "node:http";
import { Readable } from "node:stream";
import type { ClientRequest, ClientView } from "./case.ts";
import type { BodyDigest } from "./case-backend.ts";

const mebibyte = 1024 * 1024;

/** Bytes of an answer that are kept to be looked at. */
const maxKeptBytes = 64 * 1024;

/** An answer that has not come to its end by then has failed the case, ms. */
const deadlineMs = 45_000;

export type ClientAnswer = { response: IncomingMessage | undefined; text: string; view: ClientView };

/** One request as a client sends it to the gateway, on a connection of its own. */
export class CaseClient {
  readonly digest: BodyDigest;
  readonly answer: Promise<ClientAnswer>;
  readonly #sent: HttpRequest;

  constructor(port: number, path: string, { method = "GET", bodyBytes, xml }: ClientRequest, headers: string[]) {
    const body = bodyBytes === undefined ? xml && Buffer.from(xml) : piecesOf(bodyBytes);
    this.digest = digestOf(body);
    this.#sent = request({ host: "127.0.0.1", port, method, path, headers, agent: false });
    this.answer = this.#read();
    // Large bodies go piece by piece, at the pace of the gateway; what cannot be sent shows in the answer.
    if (Array.isArray(body)) Readable.from(body).pipe(this.#sent);
    else this.#sent.end(body);
  }

  leave(): void {
    this.#sent.destroy();
  }

  #read(): Promise<ClientAnswer> {
    const informational: number[] = [];
    const before = process.memoryUsage().rss;
    let most = 0;
    const sampling = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss - before);
    }, 20);
    return new Promise((resolve) => {
      let response: IncomingMessage | undefined;
      let bytes = 0;
      let text = "";
      const timer = setTimeout(() => this.#sent.destroy(), deadlineMs);
      const finish = () => {
        clearTimeout(timer);
        clearInterval(sampling);
        const isWhole = response?.complete ?? false;
        const memoryBelow = Math.ceil(most / mebibyte);
        resolve({ response, text, view: { isWhole, bytes, text, informational, memoryBelow } });
      };
      this.#sent.on("error", () => undefined);
      this.#sent.on("information", ({ statusCode }) => informational.push(statusCode));
      this.#sent.once("close", finish);
      this.#sent.once("response", (incoming: IncomingMessage) => {
        response = incoming;
        incoming.on("error", () => undefined);
        incoming.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          if (text.length < maxKeptBytes) text += chunk.toString("latin1");
        });
      });
    });
  }
}

/** A body of so many bytes, the same piece again and again where it is large. */
function piecesOf(bytes: number): Buffer[] {
  const piece = randomBytes(Math.min(bytes, mebibyte));
  const pieces: Buffer[] = [];
  for (let left = bytes; left > 0; left -= piece.length) pieces.push(piece.subarray(0, left));
  return pieces;
}

function digestOf(body: Buffer | Buffer[] | "" | undefined): BodyDigest {
  const pieces = Array.isArray(body) ? body : [Buffer.from(body ?? "")];
  const hash = createHash("sha256");
  let bytes = 0;
  for (const piece of pieces) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { bytes, sha256: hash.digest("hex") };
}
