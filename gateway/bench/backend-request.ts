/** What a backend has understood of a request once it is whole. */
export type BackendRequest = { isLarge: boolean };

const crlf = "\r\n";

/**
 * Finds the end of every request in what a proxy sends: heads, bodies by length and by chunks, in whatever pieces. It
 * trusts them to be well formed, for it has to be cheaper than every proxy it stands behind.
 */
export class BackendRequests {
  #text = "";
  readonly #onRequest: (request: BackendRequest) => void;

  constructor(onRequest: (request: BackendRequest) => void) {
    this.#onRequest = onRequest;
  }

  push(chunk: Buffer): void {
    this.#text += chunk.toString("latin1");
    for (;;) {
      const headEnd = this.#text.indexOf(crlf + crlf);
      if (headEnd < 0) return;
      const end = this.#endOf(headEnd + 4);
      if (end === undefined) return;
      const isLarge = this.#text.startsWith("/64k", this.#text.indexOf(" ") + 1);
      this.#text = this.#text.slice(end);
      this.#onRequest({ isLarge });
    }
  }

  /** Where a request ends whose body begins at `start`; undefined when that has not arrived. */
  #endOf(start: number): number | undefined {
    if (this.#text.startsWith("GET ")) return start;
    const head = this.#text.slice(0, start);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    const end = length !== undefined ? start + Number(length) : this.#endOfChunks(head, start);
    return end !== undefined && end <= this.#text.length ? end : undefined;
  }

  #endOfChunks(head: string, start: number): number | undefined {
    if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return start;
    for (let at = start; ; ) {
      const lineEnd = this.#text.indexOf(crlf, at);
      if (lineEnd < 0) return undefined;
      const size = Number.parseInt(this.#text.slice(at, lineEnd), 16);
      at = lineEnd + 2 + size + 2;
      if (size === 0) return at;
    }
  }
}
