"use client";

import Checkbox from "@mui/material/Checkbox";
import FormControlLabel from "@mui/material/FormControlLabel";
import { useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog.tsx";
import type { Api } from "@/lib/model/api.ts";
import type { PossibleOwner } from "@/lib/model/transfer.ts";
import { transferApiAction } from "@/lib/server/actions/transfer-actions.ts";
import { PersonField } from "./person-field.tsx";

type TransferDialogProps = {
  api: Pick<Api, "id" | "displayName" | "version" | "owner">;
  people: readonly PossibleOwner[];
  /** Whether this person goes on reaching the API when it is another's: an administrator does. */
  staysReachable: boolean;
  onClose: () => void;
  onTransferred: (transfer: { owner: string; staysCoOwner: boolean }) => void;
};

/** Asks who an API goes to. */
export function TransferDialog({ api, people, staysReachable, onClose, onTransferred }: TransferDialogProps) {
  const [chosen, setChosen] = useState<PossibleOwner | null>(null);
  const [staysCoOwner, setStaysCoOwner] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [isBusy, startWork] = useTransition();

  function transfer(): void {
    if (!chosen) {
      setProblem("Choose who the API goes to.");
      return;
    }
    startWork(async () => {
      const result = await transferApiAction(api.id, { email: chosen.email, staysCoOwner });
      if (result.ok) onTransferred({ owner: result.value, staysCoOwner });
      else setProblem(result.problem.message);
    });
  }

  return (
    <ConfirmDialog
      open
      title={`Transfer ${api.displayName} ${api.version}?`}
      confirmLabel="Transfer"
      busy={isBusy}
      onCancel={onClose}
      onConfirm={transfer}
    >
      What gateways serve stays as it is, and keys go on.{" "}
      {staysReachable
        ? "You reach it as an administrator all the same."
        : "You will not reach it any more, unless you stay as a co-owner."}
      <PersonField
        label="New owner"
        people={people}
        value={chosen}
        problem={problem}
        onChange={(person) => {
          setChosen(person);
          setProblem(undefined);
        }}
      />
      <FormControlLabel
        control={<Checkbox checked={staysCoOwner} onChange={(_, isChecked) => setStaysCoOwner(isChecked)} />}
        label={`${api.owner.name} stays as a co-owner`}
      />
    </ConfirmDialog>
  );
}
