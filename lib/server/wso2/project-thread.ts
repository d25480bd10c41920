import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { Problem } from "../../model/problem.ts";
import { openArchive } from "./open-archive.ts";
import type { ProjectAnswer } from "./open-project.ts";
import { readProject } from "./read-project.ts";

// One archive in a thread of its own, which ends with it: what it takes of time and memory nobody else waits for.
parentPort?.postMessage(await answer(z.instanceof(Uint8Array).parse(workerData)));

async function answer(archive: Uint8Array): Promise<ProjectAnswer> {
  try {
    return { ok: true, project: readProject(await openArchive(archive)) };
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== "invalid") throw error;
    return { ok: false, message: error.message };
  }
}
