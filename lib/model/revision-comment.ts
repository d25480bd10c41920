import { z } from "zod";
import { parseInput } from "./parse-input.ts";

/** Most characters of the comment that a save may carry. */
export const maxRevisionComment = 500;

/** Why something was saved, in the saver's own words; "" for none. */
export const revisionCommentSchema = z
  .string()
  .trim()
  .max(maxRevisionComment, `A comment has at most ${maxRevisionComment} characters.`);

const saidWithSave = z.strictObject({ comment: revisionCommentSchema });

/** The comment of a save. Problem "invalid" at `comment`. */
export function parseComment(comment: string): string {
  return parseInput(saidWithSave, { comment }).comment;
}
