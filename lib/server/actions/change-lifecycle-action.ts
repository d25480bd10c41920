"use server";

import { z } from "zod";
import type { ActionResult } from "../../model/action-result.ts";
import type { Api } from "../../model/api.ts";
import type { LifecycleAction } from "../../model/lifecycle.ts";
import { parseInput } from "../../model/parse-input.ts";
import { changeLifecycle } from "../apis/change-lifecycle.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** A button of the Lifecycle page. */
export async function changeLifecycleAction(apiId: string, action: LifecycleAction): Promise<ActionResult<Api>> {
  return runAction(
    async (context) => changeLifecycle(context, parseInput(idSchema, apiId), parseInput(z.string(), action)),
    "/apis",
  );
}
