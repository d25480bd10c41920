import { parentPort, workerData } from "node:worker_threads";
import { checkDefinition } from "./check-definition.ts";
import { convertDefinition } from "./convert-definition.ts";
import { definitionTaskSchema } from "./definition-task.ts";

// One document in a thread of its own, which ends with it: what it takes of time and memory nobody else waits for.
const task = definitionTaskSchema.parse(workerData);
parentPort?.postMessage(
  task.kind === "check" ? await checkDefinition(task.text, task.fetchedFrom) : convertDefinition(task.text, task.to),
);
