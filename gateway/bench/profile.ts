import { z } from "zod";
import type { Profile } from "./result.ts";

/** What of a `.cpuprofile` of V8 is read. Times in µs. */
export const cpuProfileSchema = z.object({
  nodes: z.array(z.object({ id: z.number(), callFrame: z.object({ functionName: z.string(), url: z.string() }) })),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});
export type CpuProfile = z.infer<typeof cpuProfileSchema>;

const nativeNames: Record<string, string | undefined> = {
  "(garbage collector)": "garbage collector",
  "(program)": "native: reading, waiting and dispatching of events (libuv, kernel)",
  "(idle)": undefined,
  "(root)": undefined,
};

/** Where a function belongs: a folder of the gateway, a package, a module of Node, or native code. Undefined: nothing ran. */
export function groupOf({ functionName, url }: { functionName: string; url: string }): string | undefined {
  if (url === "") return functionName in nativeNames ? nativeNames[functionName] : `native: ${functionName || "other"}`;
  if (url.startsWith("node:")) return `Node: ${url.slice("node:".length)}`;
  const inPackage = /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (inPackage !== undefined) return `package ${inPackage}`;
  return /\/((?:gateway|lib)(?:\/[^/]+)*)\/[^/]+$/.exec(url)?.[1] ?? url;
}

/** Adds up profiles of all threads as µs for each request, the most first; groups below `least` µs come together. */
export function summarise(profiles: readonly CpuProfile[], requests: number, least = 0.2): Profile {
  const sums = new Map<string, number>();
  for (const { nodes, samples, timeDeltas } of profiles) {
    const groups = new Map(nodes.map(({ id, callFrame }) => [id, groupOf(callFrame)]));
    for (const [index, id] of samples.entries()) {
      const group = groups.get(id);
      if (group !== undefined) sums.set(group, (sums.get(group) ?? 0) + (timeDeltas[index] ?? 0));
    }
  }
  const rows = [...sums].map(([group, micros]) => ({ group, microsPerRequest: micros / requests }));
  const shown = rows.filter(({ microsPerRequest }) => microsPerRequest >= least);
  const rest = rows.filter(({ microsPerRequest }) => microsPerRequest < least);
  const others = rest.reduce((sum, { microsPerRequest }) => sum + microsPerRequest, 0);
  return {
    requests,
    rows: [
      ...shown.toSorted((one, other) => other.microsPerRequest - one.microsPerRequest),
      { group: `everything else, each below ${least} µs`, microsPerRequest: others },
    ],
  };
}
