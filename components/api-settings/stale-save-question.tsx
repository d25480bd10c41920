"use client";

import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogContentText from "@mui/material/DialogContentText";
import DialogTitle from "@mui/material/DialogTitle";
import Typography from "@mui/material/Typography";
import { documentChanges } from "@/lib/model/document-diff.ts";
import { ChangeList } from "./change-list.tsx";
import type { StaleSave } from "./use-save-api.ts";

/** Told to the second of two people who save the same API. Whatever is chosen, nothing typed goes without a question. */
export function StaleSaveQuestion({ stale: { message, before, after, keep, discard } }: { stale: StaleSave }) {
  return (
    <Dialog open onClose={keep} maxWidth="sm" fullWidth aria-labelledby="stale-save-title">
      <DialogTitle id="stale-save-title">Somebody else saved this API</DialogTitle>
      <DialogContent>
        <DialogContentText sx={{ mb: 2 }}>{message}</DialogContentText>
        <Typography component="h3" variant="subtitle2" sx={{ mb: 1 }}>
          Changed since you opened this page
        </Typography>
        <ChangeList changes={documentChanges(before, after)} />
        <DialogContentText sx={{ mt: 2 }}>
          What you typed is still in the form. Keep it to go on from the newest version and save again.
        </DialogContentText>
      </DialogContent>
      <DialogActions>
        <Button onClick={discard} color="inherit">
          Discard what I typed
        </Button>
        <Button onClick={keep} variant="contained" autoFocus>
          Keep what I typed
        </Button>
      </DialogActions>
    </Dialog>
  );
}
