"use server";

import type { NewUser } from "../../model/account.ts";
import type { ActionResult } from "../../model/action-result.ts";
import { requireActionContext } from "../auth/page-context.ts";
import { createUser } from "../users/create-user.ts";
import { outcomeOf } from "./outcome-of.ts";

/** Adds a person. */
export async function createUserAction(input: NewUser): Promise<ActionResult<{ id: string }>> {
  return outcomeOf(async () => createUser(await requireActionContext(), input));
}
