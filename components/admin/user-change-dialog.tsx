"use client";

import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogContentText from "@mui/material/DialogContentText";
import DialogTitle from "@mui/material/DialogTitle";
import { type FormEvent, useState } from "react";
import { PasswordField } from "@/components/account/password-field.tsx";
import { minPasswordLength, newPasswordSchema, type UserSummary } from "@/lib/model/account.ts";
import { resetUserPasswordAction } from "@/lib/server/actions/reset-user-password-action.ts";
import { revokeUserSessionsAction } from "@/lib/server/actions/revoke-user-sessions-action.ts";
import { resetUserSecondFactorAction } from "@/lib/server/actions/second-factor-actions.ts";
import { setUserActiveAction } from "@/lib/server/actions/set-user-active-action.ts";
import { setUserRoleAction } from "@/lib/server/actions/set-user-role-action.ts";

export type UserChangeKind =
  | "make-admin"
  | "make-publisher"
  | "make-viewer"
  | "deactivate"
  | "activate"
  | "end-sessions"
  | "reset-password"
  | "reset-second-factor";

export type AskedUserChange = { kind: UserChangeKind; user: UserSummary };

/** Each change: its label, what it does, and how it is told once done. */
export const userChangeWords = {
  "make-admin": {
    label: "Make administrator",
    consequence: "They see and change every API, and manage users, gateways and the audit log.",
    done: (name: string) => `${name} is an administrator now.`,
  },
  "make-publisher": {
    label: "Make publisher",
    consequence: "They keep their own APIs, and no longer see those of others or the administration.",
    done: (name: string) => `${name} is a publisher now.`,
  },
  "make-viewer": {
    label: "Make viewer",
    consequence: "They see every API and its requests, and can change nothing any more, their own APIs included.",
    done: (name: string) => `${name} is a viewer now.`,
  },
  deactivate: {
    label: "Deactivate",
    consequence:
      "They are signed out everywhere, their access tokens are deleted, and they cannot sign in. Their APIs stay as they are.",
    done: (name: string) => `${name} is deactivated.`,
  },
  activate: {
    label: "Activate",
    consequence: "They can sign in again with the password they had. They need new access tokens.",
    done: (name: string) => `${name} can sign in again.`,
  },
  "end-sessions": {
    label: "End sessions",
    consequence: "They are signed out on every device and have to sign in again. Access tokens go on working.",
    done: (name: string) => `${name} is signed out everywhere.`,
  },
  "reset-password": {
    label: "Reset password",
    consequence: "The old password stops working and they are signed out everywhere. Hand the new one over in person.",
    done: (name: string) => `${name} has a new password.`,
  },
  "reset-second-factor": {
    label: "Take away the second factor",
    consequence:
      "They sign in with their password alone until they set one up again, and are signed out everywhere. Do it only when you know that it is them who lost it.",
    done: (name: string) => `${name} signs in with the password alone now.`,
  },
} as const satisfies Record<UserChangeKind, { label: string; consequence: string; done: (name: string) => string }>;

type UserChangeDialogProps = {
  asked: AskedUserChange | undefined;
  onClose: () => void;
  onDone: (message: string) => void;
};

/** Asks before a change of a person, and makes it. */
export function UserChangeDialog({ asked, onClose, onDone }: UserChangeDialogProps) {
  return (
    <Dialog open={asked !== undefined} onClose={onClose} maxWidth="xs" fullWidth aria-labelledby="user-change-title">
      {asked && <UserChangeForm asked={asked} onClose={onClose} onDone={onDone} />}
    </Dialog>
  );
}

function UserChangeForm({ asked, onClose, onDone }: UserChangeDialogProps & { asked: AskedUserChange }) {
  const { kind, user } = asked;
  const words = userChangeWords[kind];
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const asksPassword = kind === "reset-password";

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const refused = asksPassword ? newPasswordSchema.safeParse(password).error?.issues[0]?.message : undefined;
    setProblem(refused);
    if (refused) return;
    setBusy(true);
    const result = await changeUser(asked, password);
    setBusy(false);
    if (result.ok) onDone(words.done(user.name));
    else setProblem(result.problem.message);
  }

  return (
    <form noValidate onSubmit={submit} aria-labelledby="user-change-title">
      <DialogTitle id="user-change-title">
        {words.label}: {user.name}?
      </DialogTitle>
      <DialogContent>
        <DialogContentText sx={{ mb: 2 }}>{words.consequence}</DialogContentText>
        {asksPassword && (
          <PasswordField
            label="New password"
            name="password"
            autoComplete="new-password"
            error={problem}
            helperText={`At least ${minPasswordLength} characters.`}
            onChange={(event) => setPassword(event.target.value)}
            onBlur={() => undefined}
          />
        )}
        {problem && !asksPassword && <Alert severity="error">{problem}</Alert>}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} color="inherit">
          Cancel
        </Button>
        <Button type="submit" variant="contained" color={kind === "deactivate" ? "error" : "primary"} loading={busy}>
          {words.label}
        </Button>
      </DialogActions>
    </form>
  );
}

function changeUser({ kind, user }: AskedUserChange, password: string) {
  switch (kind) {
    case "make-admin":
      return setUserRoleAction(user.id, "admin", user.role);
    case "make-publisher":
      return setUserRoleAction(user.id, "publisher", user.role);
    case "make-viewer":
      return setUserRoleAction(user.id, "viewer", user.role);
    case "deactivate":
      return setUserActiveAction(user.id, false);
    case "activate":
      return setUserActiveAction(user.id, true);
    case "end-sessions":
      return revokeUserSessionsAction(user.id);
    case "reset-second-factor":
      return resetUserSecondFactorAction(user.id);
    case "reset-password":
      return resetUserPasswordAction(user.id, password);
  }
}
