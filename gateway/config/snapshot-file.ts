import { type FileHandle, mkdir, open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { type Snapshot, type SnapshotApi, snapshotApiSchema } from "../../lib/model/snapshot.ts";

const formatVersion = 1;

/** First line of the file; every further line is one API. */
const headSchema = z.strictObject({
  formatVersion: z.literal(formatVersion),
  revision: z.number().int(),
  count: z.number().int(),
});

/** APIs that are written or read before others get their turn: ten thousand at once would hold requests up. */
const batchSize = 100;

/** Writes the last good snapshot, whole or not at all: into a new file, to the disk, then over the old one. */
export async function writeSnapshotFile(path: string, snapshot: Pick<Snapshot, "revision" | "apis">): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const next = `${path}.next`;
  const file = await open(next, "w", 0o600);
  try {
    const { revision, apis } = snapshot;
    await file.write(`${JSON.stringify({ formatVersion, revision, count: apis.length })}\n`);
    for (let start = 0; start < apis.length; start += batchSize) {
      const lines = apis.slice(start, start + batchSize).map((api) => `${JSON.stringify(api)}\n`);
      await file.write(lines.join(""));
    }
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(next, path);
}

/** Reads the last good snapshot; undefined when there is none or it is not whole. APIs that do not parse are left out. */
export async function findSnapshotFile(path: string): Promise<Snapshot | undefined> {
  let file: FileHandle;
  try {
    file = await open(path);
  } catch {
    return undefined; // The first start of this gateway.
  }
  try {
    return await readSnapshot(file);
  } finally {
    await file.close();
  }
}

async function readSnapshot(file: FileHandle): Promise<Snapshot | undefined> {
  let head: z.infer<typeof headSchema> | undefined;
  let count = 0;
  const apis: SnapshotApi[] = [];
  for await (const line of file.readLines({ autoClose: false })) {
    const value = parseJson(line);
    if (!head) {
      head = headSchema.safeParse(value).data;
      if (!head) return undefined;
      continue;
    }
    if (value === undefined) return undefined;
    count += 1;
    const api = snapshotApiSchema.safeParse(value);
    if (api.success) apis.push(api.data);
    if (count % batchSize === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return head && count === head.count ? { revision: head.revision, apis, refused: [] } : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Damaged: as good as none.
  }
}
