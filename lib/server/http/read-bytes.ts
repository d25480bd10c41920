import "server-only";
import { Problem } from "../../model/problem.ts";

/**
 * Reads the body of a request. One that tells that it is too long is refused before anything of it is read, one that does
 * not tell is counted as it comes, so that it cannot fill the memory. Problem "too-large" in the words given.
 */
export async function readBytes(request: Request, mostBytes: number, words: string): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length")) > mostBytes) throw new Problem("too-large", words);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > mostBytes) throw new Problem("too-large", words);
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
