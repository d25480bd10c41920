"use client";

import { useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog.tsx";
import type { PossibleOwner } from "@/lib/model/transfer.ts";
import { addCoOwnerAction } from "@/lib/server/actions/co-owner-actions.ts";
import { PersonField } from "./person-field.tsx";

type AddCoOwnerDialogProps = {
  apiId: string;
  people: readonly PossibleOwner[];
  onClose: () => void;
  onAdded: (name: string) => void;
};

/** Asks who works on an API as well. */
export function AddCoOwnerDialog({ apiId, people, onClose, onAdded }: AddCoOwnerDialogProps) {
  const [chosen, setChosen] = useState<PossibleOwner | null>(null);
  const [problem, setProblem] = useState<string>();
  const [isBusy, startWork] = useTransition();

  function add(): void {
    if (!chosen) {
      setProblem("Choose who works on the API as well.");
      return;
    }
    startWork(async () => {
      const result = await addCoOwnerAction(apiId, { email: chosen.email });
      if (result.ok) onAdded(chosen.name);
      else setProblem(result.problem.message);
    });
  }

  return (
    <ConfirmDialog open title="Add a co-owner" confirmLabel="Add" busy={isBusy} onCancel={onClose} onConfirm={add}>
      It holds for as long as their role lets them publish.
      <PersonField
        label="Co-owner"
        people={people}
        value={chosen}
        problem={problem}
        onChange={(person) => {
          setChosen(person);
          setProblem(undefined);
        }}
      />
    </ConfirmDialog>
  );
}
