import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { zipSync } from "fflate";
import type { Credentials } from "./credentials.ts";
import { Failure } from "./failure.ts";
import { callRest, type Json, listOf } from "./rest.ts";

/** The publisher takes no larger archive, and a folder that is larger holds more than an API. */
const maxBytes = 10 * 1024 * 1024;
const maxFolderBytes = 4 * maxBytes;

export type ImportOptions = {
  environment?: string;
  name?: string;
  version?: string;
  context?: string;
  overwrite?: boolean;
};

/** What importing would do, or, unless `isDry`, what it did. @throws Failure with everything that is wrong */
export async function importArchive(
  credentials: Credentials,
  archive: Uint8Array,
  { overwrite = false, ...options }: ImportOptions,
  isDry: boolean,
): Promise<Json> {
  const query = new URLSearchParams({ ...options, overwrite: String(overwrite), dryRun: String(isDry) });
  const told = await callRest(credentials, "POST", `/apis/import?${query}`, archive);
  if (told.action !== "refused") return told;
  const errors = listOf(told, "errors").map(({ path, message }) => `${path}: ${message}`);
  const hint = errors.some((line) => line.startsWith("name: ")) && !overwrite ? ["--overwrite replaces it."] : [];
  throw new Failure([...(errors.length > 0 ? errors : [String(told.message)]), ...hint].join("\n"));
}

/** A report in lines: what is changed and left behind with its reason, what is taken, and what becomes of the API. */
export function reportWords(told: Json): string[] {
  const marks = { changed: "~", left: "-", taken: "+" };
  const lines = Object.entries(marks).flatMap(([outcome, mark]) =>
    listOf(told, "lines")
      .filter((line) => line.outcome === outcome)
      .flatMap(({ subject, detail, reason }) => [
        `${mark} ${subject}: ${detail}`,
        ...(reason ? [`    ${reason}`] : []),
      ]),
  );
  const changes = listOf(told, "changes").map(
    ({ subject, before, after }) => `    ${subject}: ${before ?? "—"} → ${after ?? "—"}`,
  );
  return [...lines, "", `${sentence(told)}`, ...changes];
}

function sentence({ action, name, version }: Json): string {
  if (action === "none") return "Nothing to change.";
  return action === "update" ? `${name} ${version} is there and is replaced:` : `${name} ${version} is created.`;
}

/** A zip archive as it is, or a folder made into one. @throws Failure: there is nothing, or it is too large */
export function readArchive(path: string): Uint8Array {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch {
    throw new Failure(`${path}: there is no such file or folder.`);
  }
  const archive = isFolder ? zippedFolder(path) : readFileSync(path);
  if (archive.length > maxBytes) throw new Failure(`${path}: an archive has at most 10 MB.`);
  return archive;
}

/** Links are not followed: what they lead to is not part of the folder. */
function zippedFolder(folder: string): Uint8Array {
  const files: Record<string, Uint8Array> = {};
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).split(sep).join("/");
    if (name.startsWith(".git/") || name.startsWith("node_modules/")) continue;
    bytes += statSync(path).size;
    if (bytes > maxFolderBytes) throw new Failure(`${folder}: the folder holds more than 40 MB.`);
    files[name] = readFileSync(path);
  }
  if (Object.keys(files).length === 0) throw new Failure(`${folder}: there is no file in it.`);
  return zipSync(files);
}
