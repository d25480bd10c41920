import { z } from "zod";
import { emailSchema } from "./account.ts";

/** To whom an API goes. */
export const transferSchema = z.strictObject({
  email: emailSchema,
  /** Whether who owned it goes on as a co-owner. */
  staysCoOwner: z.boolean({ error: "staysCoOwner is true or false." }).default(false),
});
export type Transfer = z.input<typeof transferSchema>;

/** Somebody who may own APIs. */
export type PossibleOwner = { id: string; name: string; email: string };
