"use client";

import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { type FormEvent, useState } from "react";
import type { SecondStep } from "@/lib/model/second-factor.ts";
import { secondStepAction } from "@/lib/server/actions/sign-in-action.ts";

type SecondStepFormProps = {
  next: string | undefined;
  onSignedIn: (target: string) => void;
  /** The password has to be entered again, and why. */
  onBeginAgain: (why: string | undefined) => void;
};

const words = {
  app: { label: "Code", help: "The six digits that your authenticator app shows.", other: "Use a recovery code" },
  recovery: { label: "Recovery code", help: "One of those you kept. Each works once.", other: "Use a code of the app" },
} as const satisfies Record<SecondStep["kind"], { label: string; help: string; other: string }>;

/** The second step of signing in: a code of the app, or a recovery code. */
export function SecondStepForm({ next, onSignedIn, onBeginAgain }: SecondStepFormProps) {
  const [kind, setKind] = useState<SecondStep["kind"]>("app");
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState<string>();
  const [message, setMessage] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const { label, help, other } = words[kind];

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    const result = await secondStepAction({ kind, code }, next);
    if (result.ok) return onSignedIn(result.value.next);
    setBusy(false);
    const { problem } = result;
    if (problem.kind === "unauthenticated") return onBeginAgain(problem.message);
    setWrong(problem.items[0]?.message);
    setMessage(problem.items.length === 0 ? problem.message : undefined);
  }

  return (
    <Stack component="form" noValidate onSubmit={submit} sx={{ gap: 2.5 }}>
      <Typography variant="h5" component="h1">
        Second step
      </Typography>
      {message && <Alert severity="error">{message}</Alert>}
      <TextField
        key={kind}
        label={label}
        value={code}
        autoFocus
        autoComplete="one-time-code"
        error={wrong !== undefined}
        helperText={wrong ?? help}
        onChange={(event) => {
          setCode(event.target.value);
          setWrong(undefined);
        }}
        slotProps={{ htmlInput: { inputMode: kind === "app" ? "numeric" : "text", spellCheck: false } }}
      />
      <Button type="submit" variant="contained" size="large" loading={isBusy}>
        Sign in
      </Button>
      <Button
        onClick={() => {
          setKind(kind === "app" ? "recovery" : "app");
          setCode("");
          setWrong(undefined);
        }}
      >
        {other}
      </Button>
      <Button color="inherit" onClick={() => onBeginAgain(undefined)}>
        Begin again
      </Button>
    </Stack>
  );
}
