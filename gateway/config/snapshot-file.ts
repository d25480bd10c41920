import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { type Snapshot, snapshotApiSchema } from "../../lib/model/snapshot.ts";

const formatVersion = 1;

const snapshotFileSchema = z.object({
  formatVersion: z.literal(formatVersion),
  revision: z.number().int(),
  apis: z.array(z.unknown()),
});

/** Writes the last good snapshot, whole or not at all: into a new file, to the disk, then over the old one. */
export async function writeSnapshotFile(path: string, snapshot: Pick<Snapshot, "revision" | "apis">): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const next = `${path}.next`;
  const file = await open(next, "w", 0o600);
  try {
    await file.writeFile(JSON.stringify({ formatVersion, ...snapshot }));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(next, path);
}

/** Reads the last good snapshot; undefined when there is none or it cannot be read. APIs that do not parse are left out. */
export async function findSnapshotFile(path: string): Promise<Snapshot | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch {
    return undefined; // The first start of this gateway.
  }
  const file = snapshotFileSchema.safeParse(parseJson(text));
  if (!file.success) return undefined;
  const apis = file.data.apis.flatMap((api) => {
    const parsed = snapshotApiSchema.safeParse(api);
    return parsed.success ? [parsed.data] : [];
  });
  return { revision: file.data.revision, apis, refused: [] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Damaged: as good as none.
  }
}
