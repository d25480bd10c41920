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
import { CopyField } from "@/components/ui/copy-field.tsx";
import { invitationDays, type NewInvitation, newInvitationSchema } from "@/lib/model/invitation.ts";
import { inviteAction } from "@/lib/server/actions/invitation-actions.ts";
import { RoleField } from "./role-field.tsx";

type InviteDialogProps = {
  /** What is known of the invitation already; undefined: the dialog is closed. */
  given: Partial<NewInvitation> | undefined;
  onClose: () => void;
  onInvited: () => void;
};

/** Invites a person, and then shows the link, once. While it is shown only its own button closes the dialog. */
export function InviteDialog({ given, onClose, onInvited }: InviteDialogProps) {
  const [made, setMade] = useState<{ email: string; secret: string }>();
  return (
    <Dialog
      open={given !== undefined}
      onClose={made ? undefined : onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby="invite-title"
      slotProps={{ transition: { onExited: () => setMade(undefined) } }}
    >
      {made ? (
        <LinkOnce {...made} onDone={onClose} />
      ) : (
        <InviteForm
          given={given ?? {}}
          onCancel={onClose}
          onMade={(invitation) => {
            setMade(invitation);
            onInvited();
          }}
        />
      )}
    </Dialog>
  );
}

function LinkOnce({ email, secret, onDone }: { email: string; secret: string; onDone: () => void }) {
  // What stands behind # stays in the browser: no server, proxy or log sees it. Rendered after a click only.
  const link = `${window.location.origin}/invitation#${secret}`;
  return (
    <>
      <DialogTitle id="invite-title">The invitation is ready</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2, pt: 1 }}>
          <Alert severity="warning">
            Copy the link now and hand it to {email}. It works once. Only its fingerprint is stored, so it cannot be
            shown again.
          </Alert>
          <CopyField label="Invitation link" value={link} />
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

type InviteFormProps = {
  given: Partial<NewInvitation>;
  onCancel: () => void;
  onMade: (invitation: { email: string; secret: string }) => void;
};

function InviteForm({ given, onCancel, onMade }: InviteFormProps) {
  const { control, formState, handleSubmit, register, setError } = useForm({
    resolver: zodResolver(newInvitationSchema),
    defaultValues: { email: given.email ?? "", role: given.role ?? "publisher", validDays: 7 },
  });
  const { errors, isSubmitting } = formState;
  const invite = handleSubmit(async (values) => {
    const result = await inviteAction(values);
    if (result.ok) return onMade({ email: values.email, secret: result.value.secret });
    const { message, items } = result.problem;
    setError("email", { message: items[0]?.message ?? message }, { shouldFocus: true });
  });
  return (
    <form noValidate onSubmit={invite} aria-labelledby="invite-title">
      <DialogTitle id="invite-title">Invite a person</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2.5, pt: 1 }}>
          <TextField
            label="E-mail"
            type="email"
            required
            autoFocus
            autoComplete="off"
            error={errors.email !== undefined}
            helperText={errors.email?.message ?? "What they sign in with. An earlier invitation to it is withdrawn."}
            {...register("email")}
          />
          <Controller
            control={control}
            name="role"
            render={({ field }) => <RoleField value={field.value} onChange={field.onChange} />}
          />
          <Controller
            control={control}
            name="validDays"
            render={({ field }) => (
              <TextField
                {...field}
                select
                label="Valid for"
                onChange={(event) => field.onChange(Number(event.target.value))}
                sx={{ maxWidth: 240 }}
              >
                {invitationDays.map((days) => (
                  <MenuItem key={days} value={days}>
                    {days === 1 ? "1 day" : `${days} days`}
                  </MenuItem>
                ))}
              </TextField>
            )}
          />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onCancel} color="inherit">
          Cancel
        </Button>
        <Button type="submit" variant="contained" loading={isSubmitting}>
          Make the link
        </Button>
      </DialogActions>
    </form>
  );
}
