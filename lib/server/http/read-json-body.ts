import "server-only";
import { Problem } from "../../model/problem.ts";
import { readBytes } from "./read-bytes.ts";

/** Largest body of a request: 1 MiB. An API with 200 endpoints and all their settings is a tenth of that. */
export const maxBodyBytes = 1_048_576;

/**
 * Reads the JSON body of a request.
 *
 * @throws Problem "unsupported-media-type", "too-large", or "invalid" when it is not JSON in UTF-8
 */
export async function readJsonBody(request: Request, mostBytes = maxBodyBytes): Promise<unknown> {
  const mediaType = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!/^application\/(json|[\w.-]+\+json)$/.test(mediaType)) {
    throw new Problem("unsupported-media-type", "Send the body as Content-Type: application/json.");
  }
  const bytes = await readBytes(request, mostBytes, `A body has at most ${mostBytes} bytes.`);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    const problem = new Problem("invalid", "The body is not JSON in UTF-8.");
    problem.cause = cause;
    throw problem;
  }
}
