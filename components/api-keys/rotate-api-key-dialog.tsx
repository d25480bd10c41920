"use client";

import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogContentText from "@mui/material/DialogContentText";
import DialogTitle from "@mui/material/DialogTitle";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { useState, useTransition } from "react";
import type { ApiKey } from "@/lib/model/api-key.ts";
import { rotateApiKeyAction } from "@/lib/server/actions/api-key-actions.ts";
import { ApiKeyOnce } from "./api-key-once.tsx";

/** For how long the present key stays good beside the new one, hours. */
const overlaps = [
  [0, "It ends at once"],
  [1, "One hour"],
  [24, "One day"],
  [7 * 24, "One week"],
  [30 * 24, "30 days"],
] as const;

type RotateApiKeyDialogProps = {
  /** Undefined: the dialog is closed. */
  rotated: ApiKey | undefined;
  apiId: string;
  url: string;
  onClose: () => void;
  onRotated: () => void;
};

/** Makes a new key in place of one, and shows it, once. */
export function RotateApiKeyDialog({ rotated, apiId, url, onClose, onRotated }: RotateApiKeyDialogProps) {
  const [secret, setSecret] = useState<string>();
  return (
    <Dialog
      open={rotated !== undefined}
      onClose={secret === undefined ? onClose : undefined}
      maxWidth="sm"
      fullWidth
      aria-labelledby="rotate-api-key-title"
      slotProps={{ transition: { onExited: () => setSecret(undefined) } }}
    >
      {rotated && secret !== undefined && (
        <ApiKeyOnce titleId="rotate-api-key-title" name={rotated.name} secret={secret} url={url} onDone={onClose} />
      )}
      {rotated && secret === undefined && (
        <OverlapForm
          rotated={rotated}
          apiId={apiId}
          onCancel={onClose}
          onRotated={(made) => {
            setSecret(made);
            onRotated();
          }}
        />
      )}
    </Dialog>
  );
}

type OverlapFormProps = { rotated: ApiKey; apiId: string; onCancel: () => void; onRotated: (secret: string) => void };

function OverlapForm({ rotated, apiId, onCancel, onRotated }: OverlapFormProps) {
  const [hours, setHours] = useState(24);
  const [error, setError] = useState<string>();
  const [isRotating, startRotate] = useTransition();

  function rotate(): void {
    startRotate(async () => {
      const end = hours === 0 ? {} : { previousEndsAt: new Date(Date.now() + hours * 3_600_000) };
      const result = await rotateApiKeyAction(apiId, rotated.id, end);
      if (result.ok) onRotated(result.value.secret);
      else setError(result.problem.message);
    });
  }

  return (
    <>
      <DialogTitle id="rotate-api-key-title">Rotate key “{rotated.name}”</DialogTitle>
      <DialogContent>
        <DialogContentText sx={{ mb: 2 }}>
          The consumer gets a new key. The present one, {rotated.prefix}…, stays good for a while, so that the consumer
          can change over without a call being refused; both count against one rate limit.
          {rotated.previousEndsAt !== null && " The key before that ends at once."}
        </DialogContentText>
        <TextField
          select
          fullWidth
          autoFocus
          label="The present key stays good for"
          value={hours}
          error={error !== undefined}
          helperText={error}
          onChange={(event) => setHours(Number(event.target.value))}
        >
          {overlaps.map(([value, label]) => (
            <MenuItem key={value} value={value}>
              {label}
            </MenuItem>
          ))}
        </TextField>
      </DialogContent>
      <DialogActions>
        <Button onClick={onCancel} color="inherit">
          Cancel
        </Button>
        <Button variant="contained" onClick={rotate} loading={isRotating}>
          Rotate
        </Button>
      </DialogActions>
    </>
  );
}
