"use server";

import { headers } from "next/headers";
import type { PasswordChange } from "../../model/account.ts";
import type { ActionResult } from "../../model/action-result.ts";
import { clientAddress } from "../auth/client-address.ts";
import { requireActionContext, requireSession } from "../auth/page-context.ts";
import { changePassword } from "../users/change-password.ts";
import { outcomeOf } from "./outcome-of.ts";

/** Changes one's own password, which ends the other sessions. */
export async function changePasswordAction(input: PasswordChange): Promise<ActionResult<void>> {
  return outcomeOf(async () => {
    const session = await requireSession();
    await changePassword(await requireActionContext(), input, session.id, clientAddress(await headers()));
  });
}
