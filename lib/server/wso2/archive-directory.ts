import { Problem } from "../../model/problem.ts";

/** A file of an archive, still packed. */
export type ArchiveEntry = {
  name: string;
  method: "stored" | "deflated";
  /** Octets when it is unpacked, as the archive says. */
  size: number;
  crc: number;
  data: Uint8Array;
};

/** Most files and folders of an archive. */
const maxEntries = 2_000;
const maxNameLength = 300;

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endLength = 22;
const entryLength = 46;
const localLength = 30;

/**
 * What a zip archive says is in it (APPNOTE.TXT of PKWARE, 4.3). Only its directory is believed, and only where it agrees
 * with what stands before each file. Refused are encrypted and linked files, names that lead out of the archive, that
 * stand twice or cannot be read, files that share octets, several disks and ZIP64, which nothing of this size needs.
 * Problem "invalid".
 */
export function readDirectory(bytes: Uint8Array): ArchiveEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  const length = view.getUint32(end + 12, true);
  const begin = view.getUint32(end + 16, true);
  if (count === 0xffff || length === 0xffffffff || begin === 0xffffffff) throw refused("It is a ZIP64 archive.");
  if (view.getUint16(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count)
    throw refused("It is one of several.");
  if (count > maxEntries) throw refused(`It holds more than ${maxEntries} files.`);
  if (begin + length > end) throw refused("Its directory is damaged.");
  const entries: ArchiveEntry[] = [];
  const ranges: { name: string; from: number; to: number }[] = [];
  const names = new Set<string>();
  for (let at = begin, index = 0; index < count; index++) {
    if (at + entryLength > end || view.getUint32(at, true) !== entrySignature)
      throw refused("Its directory is damaged.");
    const { next, from, entry } = readEntry(bytes, view, at, begin);
    const key = entry.name.normalize("NFC").toLowerCase().replace(/\/$/, "");
    if (names.has(key)) throw refused(`It holds ${entry.name} twice.`);
    names.add(key);
    entries.push(entry);
    ranges.push({ name: entry.name, from, to: from + localLength + entry.data.length });
    at = next;
  }
  refuseOverlap(ranges);
  return entries;
}

function findEnd(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - endLength - 0xffff);
  for (let at = view.byteLength - endLength; at >= lowest; at--) {
    if (view.getUint32(at, true) !== endSignature) continue;
    if (at + endLength + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  throw refused("It is not a zip archive.");
}

function readEntry(bytes: Uint8Array, view: DataView, at: number, directoryBegin: number) {
  const madeBy = view.getUint8(at + 5);
  const flags = view.getUint16(at + 8, true);
  const packed = view.getUint32(at + 20, true);
  const size = view.getUint32(at + 24, true);
  const nameLength = view.getUint16(at + 28, true);
  const next = at + entryLength + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  const mode = view.getUint32(at + 38, true) >>> 16;
  const from = view.getUint32(at + 42, true);
  const name = nameOf(bytes.subarray(at + entryLength, at + entryLength + nameLength));
  if (flags & 0x2041) throw refused(`${name} is encrypted.`);
  if (packed === 0xffffffff || size === 0xffffffff || from === 0xffffffff) throw refused(`${name} is in ZIP64 form.`);
  if (madeBy === 3 && isSpecial(mode)) throw refused(`${name} is a link or device, and no file.`);
  const method = methodOf(view.getUint16(at + 10, true), name);
  if (from + localLength > directoryBegin || view.getUint32(from, true) !== localSignature)
    throw refused(`${name} is not where the directory says.`);
  const localNameLength = view.getUint16(from + 26, true);
  const localName = bytes.subarray(from + localLength, from + localLength + localNameLength);
  if (nameOf(localName) !== name || methodOf(view.getUint16(from + 8, true), name) !== method)
    throw refused(`${name} is called or packed otherwise than the directory says.`);
  const dataAt = from + localLength + localNameLength + view.getUint16(from + 28, true);
  if (dataAt + packed > directoryBegin) throw refused(`${name} is cut off.`);
  const data = bytes.subarray(dataAt, dataAt + packed);
  return { next, from, entry: { name, method, size, crc: view.getUint32(at + 16, true), data } };
}

/** Of Unix: a file or a folder, or nothing said; anything else is a link, a device, a pipe. */
function isSpecial(mode: number): boolean {
  const kind = mode & 0xf000;
  return kind !== 0 && kind !== 0x8000 && kind !== 0x4000;
}

function methodOf(method: number, name: string): "stored" | "deflated" {
  if (method === 0) return "stored";
  if (method === 8) return "deflated";
  throw refused(`${name} is packed in a way that is not known (${method}): only stored and deflated files are read.`);
}

/** Names are UTF-8, whether the archive says so or not: other tools' pages of characters cannot be told apart. */
function nameOf(bytes: Uint8Array): string {
  let name: string;
  try {
    name = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw refused("A name in it is not UTF-8.");
  }
  if (name.length === 0 || name.length > maxNameLength)
    throw refused(`A name in it is empty or longer than ${maxNameLength} characters.`);
  if (/\p{Cc}/u.test(name)) throw refused("A name in it has control characters.");
  if (name.includes("\\")) throw refused(`${name} has a backslash in its name.`);
  if (name.startsWith("/") || /^[a-z]:/i.test(name)) throw refused(`${name} is an absolute path.`);
  const segments = name.replace(/\/$/, "").split("/");
  if (segments.some((segment) => segment === "" || segment === "." || segment === ".."))
    throw refused(`${name} leads out of the archive.`);
  return name;
}

/** Files that share octets make a small archive inflate to a huge one. */
function refuseOverlap(ranges: { name: string; from: number; to: number }[]): void {
  const inOrder = ranges.toSorted((a, b) => a.from - b.from);
  for (const [index, { name, from }] of inOrder.entries()) {
    const before = inOrder[index - 1];
    if (before && before.to > from) throw refused(`${name} shares octets with ${before.name}.`);
  }
}

/** A Problem that says why an archive is not read. */
export function refused(reason: string): Problem {
  const message = `This archive is not read: ${reason}`;
  return new Problem("invalid", message, [{ path: "file", message }]);
}
