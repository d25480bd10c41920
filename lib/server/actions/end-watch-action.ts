"use server";

import type { ActionResult } from "../../model/action-result.ts";
import { parseInput } from "../../model/parse-input.ts";
import { dismissWatch, keepWatchedChange } from "../guard/end-watch.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** Keeps a change that is watched, or brings back one that was taken back. */
export async function keepWatchedChangeAction(apiId: string, watchId: string): Promise<ActionResult<void>> {
  return runAction(
    async (context) => keepWatchedChange(context, parseInput(idSchema, apiId), parseInput(idSchema, watchId)),
    "/apis",
  );
}

/** Puts the message of a watch's end away. */
export async function dismissWatchAction(apiId: string, watchId: string): Promise<ActionResult<void>> {
  return runAction(
    async (context) => dismissWatch(context, parseInput(idSchema, apiId), parseInput(idSchema, watchId)),
    "/apis",
  );
}
