"use server";

import { headers } from "next/headers";
import type { PasswordChange } from "../../model/account.ts";
import type { ActionResult } from "../../model/action-result.ts";
import { clientAddress } from "../auth/client-address.ts";
import { requireSession } from "../auth/page-context.ts";
import { changePassword } from "../users/change-password.ts";
import { runAction } from "./run-action.ts";

/** Changes one's own password, which ends the other sessions. */
export async function changePasswordAction(input: PasswordChange): Promise<ActionResult<void>> {
  return runAction(async (context) => {
    const session = await requireSession();
    await changePassword(context, input, session.id, clientAddress(await headers()));
  });
}
