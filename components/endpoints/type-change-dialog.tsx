"use client";

import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogContentText from "@mui/material/DialogContentText";
import DialogTitle from "@mui/material/DialogTitle";
import { useId } from "react";
import type { EndpointConfigKind } from "@/lib/model/endpoint-config.ts";
import { endpointTypeNames } from "./endpoint-words.ts";

type TypeChangeDialogProps = {
  from: EndpointConfigKind;
  to: EndpointConfigKind;
  /** What would go, each in words. */
  dropped: readonly string[];
  onConfirm: () => void;
  onCancel: () => void;
};

/** Asked before another Endpoint Type takes something away. */
export function TypeChangeDialog({ from, to, dropped, onConfirm, onCancel }: TypeChangeDialogProps) {
  const titleId = useId();
  return (
    <Dialog open onClose={onCancel} maxWidth="sm" fullWidth aria-labelledby={titleId}>
      <DialogTitle id={titleId}>
        Change Endpoint Type from {endpointTypeNames[from]} to {endpointTypeNames[to]}?
      </DialogTitle>
      <DialogContent>
        <DialogContentText component="div">
          {endpointTypeNames[to]} has no place for:
          <ul>
            {dropped.map((line) => (
              <li key={line} style={{ overflowWrap: "anywhere" }}>
                {line}
              </li>
            ))}
          </ul>
          It goes when you press SAVE. Until then, choosing {endpointTypeNames[from]} again brings it back.
        </DialogContentText>
      </DialogContent>
      <DialogActions>
        <Button color="inherit" onClick={onCancel} autoFocus>
          Keep {endpointTypeNames[from]}
        </Button>
        <Button variant="contained" onClick={onConfirm}>
          Change to {endpointTypeNames[to]}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
