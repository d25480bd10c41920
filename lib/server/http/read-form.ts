import "server-only";
import { Problem } from "../../model/problem.ts";

/** Parts of a form: the longest has a third of it. */
const mostParts = 20;

/**
 * Reads a form out of a body. One with more parts than any form has is refused before, because reading hundreds of
 * thousands of them keeps everybody waiting. Problem "invalid" at `file`.
 */
export async function readForm(body: Uint8Array<ArrayBuffer>, contentType: string): Promise<FormData> {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"\\]{1,70})"|([^\s";]{1,70}))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined || !/^[\x20-\x7e]+$/.test(boundary)) throw refused(unreadable);
  if (hasMore(body, `--${boundary}`)) throw refused(`A form has at most ${mostParts} parts.`);
  // Told anew, so that the boundary that was counted is the one that parts are told apart by.
  const headers = { "content-type": `multipart/form-data; boundary="${boundary}"` };
  const form = await new Response(body, { headers }).formData().catch(() => undefined);
  if (!form) throw refused(unreadable);
  return form;
}

const unreadable = "The form cannot be read: multipart/form-data is expected, with its boundary in Content-Type.";

/** Every part has the boundary before it, and the last one behind it. */
function hasMore(body: Uint8Array<ArrayBuffer>, boundary: string): boolean {
  const octets = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  let found = 0;
  for (let at = octets.indexOf(boundary); at !== -1; at = octets.indexOf(boundary, at + boundary.length)) {
    found += 1;
    if (found > mostParts + 1) return true;
  }
  return false;
}

function refused(message: string): Problem {
  return new Problem("invalid", message, [{ path: "file", message }]);
}
