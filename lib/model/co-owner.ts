import { z } from "zod";
import { emailSchema } from "./account.ts";

/** Most co-owners of one API. */
export const maxCoOwners = 50;

/** Who becomes a co-owner. */
export const newCoOwnerSchema = z.strictObject({ email: emailSchema });
export type NewCoOwner = z.input<typeof newCoOwnerSchema>;

/** Somebody who does with an API what its owner does, except deleting it, giving it away and choosing co-owners. */
export type CoOwner = {
  id: string;
  name: string;
  email: string;
  /** The name of who chose them. */
  addedBy: string;
  addedAt: Date;
};
