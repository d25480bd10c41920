import { randomUUID } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** The same name for the same gateway across restarts, kept in a file, so that nobody sees a crowd of ghosts. */
export async function keptGatewayId(path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    const stored = (await readFile(path, "utf8")).trim();
    if (/^[\w-]{8,64}$/.test(stored)) return stored;
  } catch {
    // The first start.
  }
  const id = randomUUID();
  await writeFile(path, id, { mode: 0o600 });
  return id;
}
