"use client";

import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogContentText from "@mui/material/DialogContentText";
import DialogTitle from "@mui/material/DialogTitle";
import Typography from "@mui/material/Typography";
import { useId } from "react";
import { ChangeList } from "@/components/api-settings/change-list.tsx";
import { documentChanges } from "@/lib/model/document-diff.ts";
import type { StaleSave } from "./use-save-endpoints.ts";

/** Told to the second of two people who save the same API: what the other changed, and what saving would do to it. */
export function StaleEndpointsDialog({ stale }: { stale: StaleSave }) {
  const titleId = useId();
  return (
    <Dialog open onClose={stale.close} maxWidth="sm" fullWidth aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Somebody else saved this API</DialogTitle>
      <DialogContent>
        <DialogContentText sx={{ mb: 2 }}>{stale.message}</DialogContentText>
        <Typography component="h3" variant="subtitle2" sx={{ mb: 1 }}>
          What they changed
        </Typography>
        <ChangeList changes={documentChanges(stale.before, stale.theirs)} />
        <Typography component="h3" variant="subtitle2" sx={{ mt: 3, mb: 1 }}>
          What your edits would change on top of it
        </Typography>
        <ChangeList changes={documentChanges(stale.theirs, stale.merged)} />
      </DialogContent>
      <DialogActions>
        <Button color="inherit" onClick={stale.loadTheirs}>
          Load theirs
        </Button>
        <Button variant="contained" onClick={stale.keepMine} autoFocus>
          Keep my edits on top
        </Button>
      </DialogActions>
    </Dialog>
  );
}
