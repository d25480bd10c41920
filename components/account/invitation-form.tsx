"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import CircularProgress from "@mui/material/CircularProgress";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { roleMeanings, roleNames } from "@/components/admin/role-names.ts";
import { minPasswordLength } from "@/lib/model/account.ts";
import type { ActionResult } from "@/lib/model/action-result.ts";
import { acceptedInvitationSchema, type InvitationWelcome } from "@/lib/model/invitation.ts";
import { acceptInvitationAction, findInvitationAction } from "@/lib/server/actions/accept-invitation-action.ts";

type Opened = { secret: string; found: ActionResult<InvitationWelcome> };

/** Takes up the invitation that stands behind # in the address, where no server sees it. */
export function InvitationForm() {
  const [opened, setOpened] = useState<Opened>();
  useEffect(() => {
    let isGone = false;
    const secret = window.location.hash.slice(1);
    void findInvitationAction(secret).then((found) => !isGone && setOpened({ secret, found }));
    return () => {
      isGone = true;
    };
  }, []);
  return (
    <Stack sx={{ gap: 2.5 }}>
      <Typography variant="h5" component="h1">
        Your invitation
      </Typography>
      {!opened && <CircularProgress aria-label="The invitation is being looked up" />}
      {opened && !opened.found.ok && (
        <>
          <Alert severity="error">{opened.found.problem.message}</Alert>
          <Button href="/sign-in">To the sign-in</Button>
        </>
      )}
      {opened?.found.ok && <AcceptForm secret={opened.secret} invitation={opened.found.value} />}
    </Stack>
  );
}

function AcceptForm({ secret, invitation }: { secret: string; invitation: InvitationWelcome }) {
  const { formState, handleSubmit, register, setError } = useForm({
    resolver: zodResolver(acceptedInvitationSchema),
    defaultValues: { secret, name: "", password: "" },
  });
  const { errors, isSubmitting } = formState;
  const [message, setMessage] = useState<string>();
  const accept = handleSubmit(async (values) => {
    const result = await acceptInvitationAction(values);
    if (result.ok) {
      // A whole new page: what was rendered for nobody must not be left in the router's cache.
      window.location.assign(result.value.next);
      return new Promise(() => undefined);
    }
    const { items } = result.problem;
    for (const { path, message: wrong } of items)
      if (path === "name" || path === "password") setError(path, { message: wrong }, { shouldFocus: true });
    if (items.length === 0) setMessage(result.problem.message);
  });
  return (
    <Stack component="form" noValidate onSubmit={accept} sx={{ gap: 2.5 }}>
      <Typography color="textSecondary">
        {invitation.invitedBy} invites you as {roleNames[invitation.role].toLowerCase()}.{" "}
        {roleMeanings[invitation.role]}
      </Typography>
      {message && <Alert severity="error">{message}</Alert>}
      <TextField
        label="E-mail"
        value={invitation.email}
        autoComplete="username"
        helperText="What you sign in with."
        slotProps={{ htmlInput: { readOnly: true } }}
      />
      <TextField
        label="Name"
        autoComplete="name"
        autoFocus
        error={errors.name !== undefined}
        helperText={errors.name?.message}
        {...register("name")}
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="new-password"
        error={errors.password !== undefined}
        helperText={errors.password?.message ?? `At least ${minPasswordLength} characters.`}
        {...register("password")}
      />
      <Button type="submit" variant="contained" size="large" loading={isSubmitting}>
        Create my account
      </Button>
    </Stack>
  );
}
