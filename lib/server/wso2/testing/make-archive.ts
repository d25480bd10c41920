import { crc32, deflateRawSync } from "node:zlib";

/** A file of an archive, and what the archive says of it where that is not the truth. */
export type MadeEntry = {
  name: string | Uint8Array;
  content?: string | Uint8Array;
  stored?: boolean;
  /** What the directory says; the rest of it is as it is. */
  says?: {
    size?: number;
    packed?: number;
    crc?: number;
    flags?: number;
    method?: number;
    mode?: number;
    offset?: number;
  };
  localName?: string;
};

/** A zip archive, written field by field, so that every field can lie. */
export function makeArchive(entries: readonly MadeEntry[], says: { count?: number } = {}): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content = "", stored = false, says: told = {}, localName } of entries) {
    const bytes = Buffer.from(content);
    const data = stored ? bytes : deflateRawSync(bytes);
    const nameBytes = Buffer.from(name);
    const method = told.method ?? (stored ? 0 : 8);
    const crc = told.crc ?? crc32(bytes);
    const localNameBytes = localName === undefined ? nameBytes : Buffer.from(localName);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(crc, 14);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt32LE(bytes.length, 22);
    local.writeUInt16LE(localNameBytes.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt8(told.mode === undefined ? 0 : 3, 5);
    entry.writeUInt16LE(told.flags ?? 0x800, 8);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(crc, 16);
    entry.writeUInt32LE(told.packed ?? data.length, 20);
    entry.writeUInt32LE(told.size ?? bytes.length, 24);
    entry.writeUInt16LE(nameBytes.length, 28);
    entry.writeUInt32LE(((told.mode ?? 0) << 16) >>> 0, 38);
    entry.writeUInt32LE(told.offset ?? offset, 42);
    parts.push(local, localNameBytes, data);
    directory.push(entry, nameBytes);
    offset += local.length + localNameBytes.length + data.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(says.count ?? entries.length, 8);
  end.writeUInt16LE(says.count ?? entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...parts, list, end]));
}

/** An archive of texts by their path, as anybody's tool would write it. */
export function archiveOf(files: Record<string, string>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(makeArchive(Object.entries(files).map(([name, content]) => ({ name, content }))));
}
