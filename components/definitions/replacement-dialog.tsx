"use client";

import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogContentText from "@mui/material/DialogContentText";
import DialogTitle from "@mui/material/DialogTitle";
import Typography from "@mui/material/Typography";
import type { DefinitionReplacement } from "@/lib/model/definition-answer.ts";
import { countOf } from "./count-of.ts";
import { OperationList } from "./operation-list.tsx";

type ReplacementDialogProps = {
  replacement: DefinitionReplacement;
  busy: boolean;
  onCancel: () => void;
  onConfirm: () => void;
};

const parts = [
  ["added", "Added"],
  ["changed", "Changed"],
  ["removed", "Removed"],
] as const;

/** What a document makes of the operations, before it is saved. */
export function ReplacementDialog({ replacement, busy, onCancel, onConfirm }: ReplacementDialogProps) {
  const isSame = parts.every(([part]) => replacement[part].length === 0);
  return (
    <Dialog open onClose={busy ? undefined : onCancel} maxWidth="md" aria-labelledby="replacement-title">
      <DialogTitle id="replacement-title">Save this document?</DialogTitle>
      <DialogContent>
        <DialogContentText>
          {isSame
            ? `All ${countOf(replacement.kept, "operation")} stay as they are.`
            : `${countOf(replacement.kept, "operation")} stay as they are. Operations that stay keep their security and rate limit.`}
        </DialogContentText>
        {parts.map(([part, title]) => {
          const operations = replacement[part];
          if (operations.length === 0) return null;
          const label = `${title} (${operations.length.toLocaleString("en-US")})`;
          return (
            <section key={part} aria-label={label}>
              <Typography component="h3" variant="subtitle2" sx={{ mt: 2, mb: 1 }}>
                {label}
              </Typography>
              <OperationList label={`${title} operations`} operations={operations} />
            </section>
          );
        })}
      </DialogContent>
      <DialogActions>
        <Button autoFocus onClick={onCancel} disabled={busy}>
          Cancel
        </Button>
        <Button variant="contained" onClick={onConfirm} loading={busy}>
          Save
        </Button>
      </DialogActions>
    </Dialog>
  );
}
