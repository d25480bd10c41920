"use client";

import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogContentText from "@mui/material/DialogContentText";
import DialogTitle from "@mui/material/DialogTitle";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { StateLabel } from "@/components/admin/state-label.tsx";
import { useNotify } from "@/components/ui/notify.tsx";
import type { FormProblem } from "@/lib/model/action-result.ts";
import type { SecondFactorSetup } from "@/lib/model/second-factor.ts";
import {
  beginSecondFactorAction,
  confirmSecondFactorAction,
  removeSecondFactorAction,
  renewRecoveryCodesAction,
} from "@/lib/server/actions/second-factor-actions.ts";
import { PasswordField } from "./password-field.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { SetupKey } from "./setup-key.tsx";

type Step =
  | { kind: "password"; for: "set-up" | "remove" | "renew" }
  | { kind: "confirm"; setup: SecondFactorSetup }
  | { kind: "codes"; codes: readonly string[]; isNew: boolean };

const titles = {
  "set-up": "Set up a second factor",
  remove: "Remove the second factor",
  renew: "Make new recovery codes",
} as const;

/** Sets up, removes and renews one's second factor. Each begins with the password. */
export function SecondFactorPanel({ isOn }: { isOn: boolean }) {
  const router = useRouter();
  const notify = useNotify();
  const [step, setStep] = useState<Step>();
  const close = () => setStep(undefined);

  async function onPassword(asked: "set-up" | "remove" | "renew", password: string): Promise<FormProblem | undefined> {
    if (asked === "set-up") {
      const begun = await beginSecondFactorAction(password);
      if (!begun.ok) return begun.problem;
      setStep({ kind: "confirm", setup: begun.value });
    } else if (asked === "renew") {
      const renewed = await renewRecoveryCodesAction(password);
      if (!renewed.ok) return renewed.problem;
      setStep({ kind: "codes", codes: renewed.value, isNew: false });
    } else {
      const removed = await removeSecondFactorAction(password);
      if (!removed.ok) return removed.problem;
      close();
      notify.success("Your second factor is removed.");
      router.refresh();
    }
    return undefined;
  }

  async function onCode({ recoveryCodes }: SecondFactorSetup, code: string): Promise<FormProblem | undefined> {
    const confirmed = await confirmSecondFactorAction(code);
    if (!confirmed.ok) return confirmed.problem;
    setStep({ kind: "codes", codes: recoveryCodes, isNew: true });
    router.refresh();
    return undefined;
  }

  return (
    <Stack sx={{ gap: 2, alignItems: "flex-start" }}>
      <StateLabel word={isOn ? "On" : "Off"} tone={isOn ? "good" : "off"} />
      {isOn ? (
        <Stack direction="row" sx={{ gap: 1, flexWrap: "wrap" }}>
          <Button variant="outlined" onClick={() => setStep({ kind: "password", for: "renew" })}>
            New recovery codes
          </Button>
          <Button color="error" onClick={() => setStep({ kind: "password", for: "remove" })}>
            Remove
          </Button>
        </Stack>
      ) : (
        <Button variant="outlined" onClick={() => setStep({ kind: "password", for: "set-up" })}>
          Set up
        </Button>
      )}
      <Dialog
        open={step !== undefined}
        // Recovery codes are shown once: they are not lost by a click beside them.
        onClose={step?.kind === "codes" ? undefined : close}
        maxWidth="xs"
        fullWidth
        aria-labelledby="second-factor-title"
      >
        {step?.kind === "password" && (
          <AskingForm
            key="password"
            title={titles[step.for]}
            label="Continue"
            onCancel={close}
            onSubmit={(password) => onPassword(step.for, password)}
            field={(error, onChange) => (
              <PasswordField
                label="Your password"
                name="password"
                autoComplete="current-password"
                error={error}
                onChange={(event) => onChange(event.target.value)}
                onBlur={() => undefined}
              />
            )}
          />
        )}
        {step?.kind === "confirm" && (
          <AskingForm
            key="confirm"
            title={titles["set-up"]}
            label="Confirm"
            onCancel={close}
            onSubmit={(code) => onCode(step.setup, code)}
            field={(error, onChange) => (
              <Stack sx={{ gap: 2 }}>
                <SetupKey setup={step.setup} />
                <TextField
                  label="Code"
                  autoComplete="one-time-code"
                  error={error !== undefined}
                  helperText={error ?? "The six digits that the app shows for Fairlead now."}
                  onChange={(event) => onChange(event.target.value)}
                  slotProps={{ htmlInput: { inputMode: "numeric" } }}
                />
              </Stack>
            )}
          />
        )}
        {step?.kind === "codes" && (
          <>
            <DialogTitle id="second-factor-title">
              {step.isNew ? "Your second factor is on" : "Your new recovery codes"}
            </DialogTitle>
            <DialogContent>
              <RecoveryCodes codes={step.codes} />
            </DialogContent>
            <DialogActions>
              <Button variant="contained" onClick={close}>
                I have kept them
              </Button>
            </DialogActions>
          </>
        )}
      </Dialog>
    </Stack>
  );
}

type AskingFormProps = {
  title: string;
  label: string;
  field: (error: string | undefined, onChange: (value: string) => void) => React.ReactNode;
  onCancel: () => void;
  /** What was wrong with it; undefined: nothing. */
  onSubmit: (value: string) => Promise<FormProblem | undefined>;
};

function AskingForm({ title, label, field, onCancel, onSubmit }: AskingFormProps) {
  const [value, setValue] = useState("");
  const [problem, setProblem] = useState<FormProblem>();
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(await onSubmit(value));
    setBusy(false);
  };
  const atField = problem?.items[0]?.message;
  return (
    <form noValidate onSubmit={submit} aria-labelledby="second-factor-title">
      <DialogTitle id="second-factor-title">{title}</DialogTitle>
      <DialogContent>
        <DialogContentText component="div" sx={{ pt: 1 }}>
          {problem && atField === undefined && (
            <Alert severity="error" sx={{ mb: 2 }}>
              {problem.message}
            </Alert>
          )}
          {field(atField, (typed) => {
            setValue(typed);
            setProblem(undefined);
          })}
        </DialogContentText>
      </DialogContent>
      <DialogActions>
        <Button onClick={onCancel} color="inherit">
          Cancel
        </Button>
        <Button type="submit" variant="contained" loading={isBusy}>
          {label}
        </Button>
      </DialogActions>
    </form>
  );
}
