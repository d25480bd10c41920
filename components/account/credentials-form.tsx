"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { credentialsSchema, firstAdministratorSchema } from "@/lib/model/account.ts";
import type { ActionResult } from "@/lib/model/action-result.ts";
import { setupAction } from "@/lib/server/actions/setup-action.ts";
import { signInAction } from "@/lib/server/actions/sign-in-action.ts";
import { SecondStepForm } from "./second-step-form.tsx";

/** Sign-in with e-mail and password. */
export function SignInForm({ next }: { next: string | undefined }) {
  const form = useForm({ resolver: zodResolver(credentialsSchema), defaultValues: { email: "", password: "" } });
  const { register, handleSubmit, formState } = form;
  const [message, setMessage] = useState<string>();
  const [asksCode, setAsksCode] = useState(false);
  const submit = handleSubmit(async (values) => {
    const result = await signInAction(values, next);
    if (!result.ok) return setMessage(result.problem.message);
    if ("asksCode" in result.value) return setAsksCode(true);
    return follow({ ok: true, value: result.value }, setMessage);
  });
  if (asksCode) {
    return (
      <SecondStepForm
        next={next}
        onSignedIn={(target) => window.location.assign(target)}
        onBeginAgain={(why) => {
          setAsksCode(false);
          setMessage(why);
        }}
      />
    );
  }
  return (
    <Stack component="form" noValidate onSubmit={submit} sx={{ gap: 2.5 }}>
      <Typography variant="h5" component="h1">
        Sign in
      </Typography>
      {message && <Alert severity="error">{message}</Alert>}
      <TextField
        label="E-mail"
        type="email"
        autoComplete="username"
        autoFocus
        {...register("email")}
        error={formState.errors.email !== undefined}
        helperText={formState.errors.email?.message}
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="current-password"
        {...register("password")}
        error={formState.errors.password !== undefined}
        helperText={formState.errors.password?.message}
      />
      <Button type="submit" variant="contained" size="large" loading={formState.isSubmitting}>
        Sign in
      </Button>
    </Stack>
  );
}

/** The first visit: creates the administrator. */
export function SetupForm() {
  const form = useForm({
    resolver: zodResolver(firstAdministratorSchema),
    defaultValues: { name: "", email: "", password: "" },
  });
  const { register, handleSubmit, formState } = form;
  const [message, setMessage] = useState<string>();
  const submit = handleSubmit(async (values) => follow(await setupAction(values), setMessage));
  return (
    <Stack component="form" noValidate onSubmit={submit} sx={{ gap: 2.5 }}>
      <Typography variant="h5" component="h1">
        Create the administrator
      </Typography>
      <Typography color="textSecondary">
        This installation is new. The first account sees and manages everything; it can add other people later.
      </Typography>
      {message && <Alert severity="error">{message}</Alert>}
      <TextField
        label="Name"
        autoComplete="name"
        autoFocus
        {...register("name")}
        error={formState.errors.name !== undefined}
        helperText={formState.errors.name?.message}
      />
      <TextField
        label="E-mail"
        type="email"
        autoComplete="username"
        {...register("email")}
        error={formState.errors.email !== undefined}
        helperText={formState.errors.email?.message}
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="new-password"
        {...register("password")}
        error={formState.errors.password !== undefined}
        helperText={formState.errors.password?.message ?? "At least 8 characters."}
      />
      <Button type="submit" variant="contained" size="large" loading={formState.isSubmitting}>
        Create administrator
      </Button>
    </Stack>
  );
}

/** A whole new page: what was rendered for somebody else must not be left in the router's cache. */
function follow(result: ActionResult<{ next: string }>, onProblem: (message: string) => void): Promise<void> | void {
  if (!result.ok) {
    onProblem(result.problem.message);
    return;
  }
  window.location.assign(result.value.next);
  return new Promise(() => undefined);
}
