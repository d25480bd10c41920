import "server-only";
import { z } from "zod";
import { revisionCommentSchema } from "../../model/revision-comment.ts";

export const noQuery = z.object({});

/** A whole number in a query string. */
export const wholeNumber = (name: string, least: number, most: number) =>
  z
    .string({ error: `${name} is a whole number from ${least} to ${most}.` })
    .regex(/^\d{1,10}$/, `${name} is a whole number from ${least} to ${most}.`)
    .transform(Number)
    .refine((number) => number >= least && number <= most, `${name} is a whole number from ${least} to ${most}.`)
    .meta({ type: "integer", minimum: least, maximum: most });

/** Why something is saved, for the history. */
export const commentQuery = revisionCommentSchema.default("").meta({ description: "Why, for the API's history." });

/** Yes or no in a query string. */
export const booleanWord = z.enum(["true", "false"], { error: "true or false is expected here." });
