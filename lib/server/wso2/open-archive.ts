import { promisify } from "node:util";
import { crc32, inflateRaw } from "node:zlib";
import { archiveTooLarge, maxArchiveBytes } from "../../model/import-report.ts";
import { Problem } from "../../model/problem.ts";
import { type ArchiveEntry, readDirectory, refused } from "./archive-directory.ts";

const inflate = promisify(inflateRaw);

/** All files of an archive together, inflated. */
const maxInflatedBytes = 40 * 1024 * 1024;
/** One file, inflated. */
const maxFileBytes = 10 * 1024 * 1024;
/** Text of a project deflates to a tenth or a twentieth; beyond this, and beyond 1 MiB, it is a bomb. */
const maxRatio = 150;
const smallBytes = 1024 * 1024;

/** Files of an archive by their path; folders are left out. */
export type ArchiveFiles = ReadonlyMap<string, Uint8Array>;

/**
 * Reads a zip archive whole, off the thread that answers requests. Everything is refused that no tool writes who means
 * well: see readDirectory, and what inflates to more than it says or more than the bounds above. Problem "invalid", and
 * "too-large" for an archive that is.
 */
export async function openArchive(bytes: Uint8Array): Promise<ArchiveFiles> {
  if (bytes.length > maxArchiveBytes) throw new Problem("too-large", archiveTooLarge);
  const entries = readDirectory(bytes);
  refuseBomb(entries);
  const files = new Map<string, Uint8Array>();
  for (const entry of entries) {
    if (!entry.name.endsWith("/")) files.set(entry.name, await contentOf(entry));
  }
  return files;
}

/** By what the archive says of itself; that it does not lie is seen while inflating. */
function refuseBomb(entries: readonly ArchiveEntry[]): void {
  let total = 0;
  for (const { name, size, data } of entries) {
    total += size;
    if (size > maxFileBytes) throw refused(`${name} is larger than ${maxFileBytes / 1024 / 1024} MB.`);
    if (size > smallBytes && size > data.length * maxRatio) throw refused(`${name} inflates to a multiple of itself.`);
  }
  if (total > maxInflatedBytes)
    throw refused(`Its files are larger than ${maxInflatedBytes / 1024 / 1024} MB together.`);
}

async function contentOf({ name, method, size, crc, data }: ArchiveEntry): Promise<Uint8Array> {
  const content = method === "stored" ? data : await inflated(name, data, size);
  if (content.length !== size) throw refused(`${name} is not as long as the archive says.`);
  if (crc32(content) !== crc) throw refused(`${name} is damaged: its checksum is wrong.`);
  return content;
}

/** Stops where the file would become longer than the archive says. */
async function inflated(name: string, data: Uint8Array, size: number): Promise<Uint8Array> {
  try {
    return await inflate(data, { maxOutputLength: Math.max(size, 1) });
  } catch (error) {
    const isLonger = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    throw refused(isLonger ? `${name} is not as long as the archive says.` : `${name} is damaged.`);
  }
}
