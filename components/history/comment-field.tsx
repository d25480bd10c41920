"use client";

import TextField from "@mui/material/TextField";
import { maxRevisionComment } from "@/lib/model/revision-comment.ts";

export type CommentFieldProps = { value: string; onChange: (comment: string) => void };

/** Why something is saved, for those who read the history. Optional. */
export function CommentField({ value, onChange }: CommentFieldProps) {
  return (
    <TextField
      size="small"
      label="Comment"
      placeholder="Why, for the history (optional)"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      fullWidth
      slotProps={{ htmlInput: { maxLength: maxRevisionComment, autoComplete: "off" }, inputLabel: { shrink: true } }}
    />
  );
}
