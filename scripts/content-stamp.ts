import { createHash } from "node:crypto";
import { globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Hash of the names and contents of everything below the given files and directories of `root`; missing ones count as absent. Tests and generated files do not count. */
export function contentHash(root: string, paths: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of paths.flatMap((path) => filesBelow(root, path)).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

/** Whether the stamp beside an artefact still names what it was made from. */
export function isStampCurrent(stampFile: string, hash: string): boolean {
  try {
    return readFileSync(stampFile, "utf8") === hash;
  } catch {
    return false;
  }
}

/** Written last, after the artefact is whole: an interrupted build leaves no stamp and is repeated. */
export function writeStamp(stampFile: string, hash: string): void {
  writeFileSync(stampFile, hash);
}

function filesBelow(root: string, path: string): string[] {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (found.isFile()) return [path];
  return globSync(`${path}/**/*`, { cwd: root }).filter(
    (file) => !/[\\/]generated[\\/]|\.test\.tsx?$/.test(file) && statSync(join(root, file)).isFile(),
  );
}
