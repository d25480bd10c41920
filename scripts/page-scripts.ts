import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { z } from "zod";
import { rootDirectory } from "./root-directory.ts";

/** The most that a page may load in scripts of its own at first, bytes after gzip. */
export const mostScriptBytes = 200 * 1_024;

const manifestSchema = z.object({ rootMainFiles: z.array(z.string()) });

/**
 * What the scripts weigh that a page names in its HTML, bytes after gzip.
 *
 * @returns `ownBytes` without React and the runtime of Next.js, which `allBytes` has as well
 */
export async function weighScripts(
  publisherUrl: string,
  html: string,
): Promise<{ ownBytes: number; allBytes: number }> {
  const sources = new Set(
    [...html.matchAll(/<script[^>]+src="([^"]+)"(?![^>]*nomodule)/gi)].map(([, source]) => source ?? ""),
  );
  const framework = frameworkFiles();
  let ownBytes = 0;
  let allBytes = 0;
  for (const source of sources) {
    const response = await fetch(new URL(source, publisherUrl), { signal: AbortSignal.timeout(10_000) });
    const bytes = gzipSync(new Uint8Array(await response.arrayBuffer())).length;
    allBytes += bytes;
    if (!framework.has(source.split("?")[0] ?? "")) ownBytes += bytes;
  }
  return { ownBytes, allBytes };
}

function frameworkFiles(): Set<string> {
  const manifest: unknown = JSON.parse(readFileSync(join(rootDirectory, ".next/build-manifest.json"), "utf8"));
  return new Set(manifestSchema.parse(manifest).rootMainFiles.map((file) => `/_next/${file}`));
}
