import { Problem } from "../../model/problem.ts";
import type { ArchiveFiles } from "./open-archive.ts";
import { maxSettingsBytes, readSettings, readValue } from "./read-settings.ts";

/** 4.x has a folder for each document, 3.x a list of all. */
export const documentFilePattern = /^Docs\/([^/]+)\/document\.(?:ya?ml|json)$/;
export const documentListFile = "Docs/docs.json";

/**
 * What the files of a project say that tell of its documents, by their path. Together they are no longer than any one file
 * of settings may be. Problem "invalid": one of them is broken, or they are too long.
 */
export function readDocumentFiles(files: ArchiveFiles): Map<string, unknown> {
  const found = [...files].filter(([path]) => path === documentListFile || documentFilePattern.test(path));
  const octets = found.reduce((sum, [, bytes]) => sum + bytes.length, 0);
  if (octets > maxSettingsBytes) {
    const message = `Docs: the files that tell of documents are larger than ${maxSettingsBytes / 1024 / 1024} MB together.`;
    throw new Problem("invalid", message, [{ path: "file", message }]);
  }
  const read = ([path, bytes]: [string, Uint8Array]) =>
    path === documentListFile ? readValue(path, bytes) : readSettings(path, bytes);
  return new Map(found.map((file) => [file[0], read(file)]));
}
