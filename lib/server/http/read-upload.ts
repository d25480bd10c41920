import "server-only";
import { archiveTooLarge, maxArchiveBytes } from "../../model/import-report.ts";
import { Problem } from "../../model/problem.ts";
import { readBytes } from "./read-bytes.ts";
import { readForm } from "./read-form.ts";

/** What a form adds to the archive in it: its boundaries and a few headers. */
const formBytes = 64 * 1024;

/**
 * The archive of a request: the part `file` of a form, as apictl sends it, or the whole body as application/zip.
 *
 * @throws Problem "unsupported-media-type", "too-large", or "invalid" when the form cannot be read or has no file
 */
export async function readUpload(request: Request): Promise<Uint8Array> {
  const contentType = request.headers.get("content-type") ?? "";
  const mediaType = contentType.split(";")[0]?.trim().toLowerCase();
  if (mediaType === "application/zip") return readBytes(request, maxArchiveBytes, archiveTooLarge);
  if (mediaType !== "multipart/form-data") {
    const words = "Send the archive as the part file of multipart/form-data, or as Content-Type: application/zip.";
    throw new Problem("unsupported-media-type", words);
  }
  const body = await readBytes(request, maxArchiveBytes + formBytes, archiveTooLarge);
  const file = await partOf(body, contentType);
  return new Uint8Array(await file.arrayBuffer());
}

async function partOf(body: Uint8Array<ArrayBuffer>, contentType: string): Promise<File> {
  const file = (await readForm(body, contentType)).get("file");
  if (file instanceof File) return file;
  const message = "The form has no part named file that is a file.";
  throw new Problem("invalid", message, [{ path: "file", message }]);
}
