"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import MenuItem from "@mui/material/MenuItem";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { curlCommand } from "@/components/api-keys/curl-command.ts";
import { ExpiryField } from "@/components/api-keys/expiry-field.tsx";
import { CopyField } from "@/components/ui/copy-field.tsx";
import { type NewAccessToken, newAccessTokenSchema, tokenScopes } from "@/lib/model/account.ts";
import { createAccessTokenAction } from "@/lib/server/actions/create-access-token-action.ts";
import { scopeMeanings, scopeNames } from "./scope-names.ts";

type NewAccessTokenDialogProps = { open: boolean; onClose: () => void; onCreated: () => void };

/** Creates a token and then shows it, once. While it is shown only its own button closes the dialog. */
export function NewAccessTokenDialog({ open, onClose, onCreated }: NewAccessTokenDialogProps) {
  const [secret, setSecret] = useState<string>();
  return (
    <Dialog
      open={open}
      onClose={secret ? undefined : onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby="new-token-title"
      slotProps={{ transition: { onExited: () => setSecret(undefined) } }}
    >
      {secret ? (
        <TokenOnce secret={secret} onDone={onClose} />
      ) : (
        <NewTokenForm
          onCancel={onClose}
          onCreated={(created) => {
            setSecret(created);
            onCreated();
          }}
        />
      )}
    </Dialog>
  );
}

function TokenOnce({ secret, onDone }: { secret: string; onDone: () => void }) {
  // Rendered after a click only, so there is a window: its address is the one by which this machine reaches us.
  const listUrl = `${window.location.origin}/api/am/publisher/v4/apis`;
  return (
    <>
      <DialogTitle id="new-token-title">Your token is ready</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2, pt: 1 }}>
          <Alert severity="warning">
            Copy the token now. Only its fingerprint is stored, so it cannot be shown again.
          </Alert>
          <CopyField label="Access token" value={secret} />
          <CopyField label="List your APIs with it" value={curlCommand(listUrl, `Authorization: Bearer ${secret}`)} />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onDone}>
          I have copied it
        </Button>
      </DialogActions>
    </>
  );
}

function NewTokenForm({ onCancel, onCreated }: { onCancel: () => void; onCreated: (secret: string) => void }) {
  const { control, formState, handleSubmit, register, setError } = useForm<NewAccessToken>({
    resolver: zodResolver(newAccessTokenSchema),
    defaultValues: { name: "", scope: "write" },
  });
  const { errors, isSubmitting } = formState;
  const create = handleSubmit(async (values) => {
    const result = await createAccessTokenAction(values);
    if (result.ok) return onCreated(result.value.secret);
    const { message, items } = result.problem;
    const isExpiry = items.some(({ path }) => path === "expiresAt");
    setError(isExpiry ? "expiresAt" : "name", { message: items[0]?.message ?? message }, { shouldFocus: true });
  });
  return (
    <form noValidate onSubmit={create} aria-labelledby="new-token-title">
      <DialogTitle id="new-token-title">Create an access token</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2.5, pt: 1 }}>
          <TextField
            label="Name"
            required
            autoFocus
            autoComplete="off"
            error={errors.name !== undefined}
            helperText={errors.name?.message ?? "What uses it, for example the script's name."}
            {...register("name")}
          />
          <Controller
            control={control}
            name="scope"
            render={({ field }) => (
              <TextField
                select
                label="Scope"
                value={field.value}
                onChange={field.onChange}
                helperText={scopeMeanings[field.value ?? "write"]}
              >
                {tokenScopes.map((scope) => (
                  <MenuItem key={scope} value={scope}>
                    {scopeNames[scope]}
                  </MenuItem>
                ))}
              </TextField>
            )}
          />
          <Controller
            control={control}
            name="expiresAt"
            render={({ field, fieldState }) => (
              <ExpiryField onChange={field.onChange} onBlur={field.onBlur} error={fieldState.error?.message} />
            )}
          />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onCancel} color="inherit">
          Cancel
        </Button>
        <Button type="submit" variant="contained" loading={isSubmitting}>
          Create
        </Button>
      </DialogActions>
    </form>
  );
}
