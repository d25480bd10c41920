"use server";

import type { NewUser } from "../../model/account.ts";
import type { ActionResult } from "../../model/action-result.ts";
import { createUser } from "../users/create-user.ts";
import { runAction } from "./run-action.ts";

/** Adds a person. */
export async function createUserAction(input: NewUser): Promise<ActionResult<{ id: string }>> {
  return runAction((context) => createUser(context, input));
}
