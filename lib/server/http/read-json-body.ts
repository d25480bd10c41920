import "server-only";
import { Problem } from "../../model/problem.ts";

/** Largest body of a request: 1 MiB. An API with 200 endpoints and all their settings is a tenth of that. */
export const maxBodyBytes = 1_048_576;

/**
 * Reads the JSON body of a request.
 *
 * @throws Problem "unsupported-media-type", "too-large", or "invalid" when it is not JSON in UTF-8
 */
export async function readJsonBody(request: Request): Promise<unknown> {
  const mediaType = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!/^application\/(json|[\w.-]+\+json)$/.test(mediaType)) {
    throw new Problem("unsupported-media-type", "Send the body as Content-Type: application/json.");
  }
  if (Number(request.headers.get("content-length")) > maxBodyBytes) throw tooLarge();
  const bytes = await readBytes(request);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    const problem = new Problem("invalid", "The body is not JSON in UTF-8.");
    problem.cause = cause;
    throw problem;
  }
}

/** A body without Content-Length is counted as it comes, so that it cannot fill the memory. */
async function readBytes(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > maxBodyBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(): Problem {
  return new Problem("too-large", `A body has at most ${maxBodyBytes} bytes.`);
}
