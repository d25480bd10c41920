"use client";

import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import Checkbox from "@mui/material/Checkbox";
import FormControlLabel from "@mui/material/FormControlLabel";
import Typography from "@mui/material/Typography";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog.tsx";
import { useNotify } from "@/components/ui/notify.tsx";
import type { Api } from "@/lib/model/api.ts";
import type { PossibleOwner } from "@/lib/model/transfer.ts";
import { listPossibleOwnersAction, transferApiAction } from "@/lib/server/actions/transfer-actions.ts";
import { PersonField } from "./person-field.tsx";

type OwnerSectionProps = {
  api: Pick<Api, "id" | "displayName" | "version" | "owner">;
  mayTransfer: boolean;
  /** Whether this person goes on reaching the API when it is another's: an administrator does. */
  staysReachable: boolean;
};

/** Whose an API is, and giving it to somebody else. */
export function OwnerSection({ api, mayTransfer, staysReachable }: OwnerSectionProps) {
  const router = useRouter();
  const notify = useNotify();
  const [people, setPeople] = useState<readonly PossibleOwner[]>();
  const [chosen, setChosen] = useState<PossibleOwner | null>(null);
  const [staysCoOwner, setStaysCoOwner] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [isBusy, startWork] = useTransition();

  function open(): void {
    startWork(async () => {
      const result = await listPossibleOwnersAction(api.id);
      if (!result.ok) return notify.error(result.problem.message);
      setChosen(null);
      setProblem(undefined);
      setPeople(result.value);
    });
  }

  function transfer(): void {
    if (!chosen) {
      setProblem("Choose who the API goes to.");
      return;
    }
    startWork(async () => {
      const result = await transferApiAction(api.id, { email: chosen.email, staysCoOwner });
      if (!result.ok) return setProblem(result.problem.message);
      setPeople(undefined);
      notify.success(`${api.displayName} ${api.version} belongs to ${result.value} now.`);
      if (staysReachable || staysCoOwner) router.refresh();
      else router.push("/apis");
    });
  }

  return (
    <Card
      component="section"
      aria-labelledby="owner-title"
      sx={{ p: 3, mt: 3, maxWidth: 720, display: "grid", gap: 1.5 }}
    >
      <Typography id="owner-title" variant="h6" component="h2">
        Owner
      </Typography>
      <Typography>
        {api.owner.name}{" "}
        <Typography component="span" color="textSecondary">
          {api.owner.email}
        </Typography>
      </Typography>
      {mayTransfer && (
        <Button variant="outlined" onClick={open} loading={isBusy && !people} sx={{ justifySelf: "start" }}>
          Transfer…
        </Button>
      )}
      <ConfirmDialog
        open={people !== undefined}
        title={`Transfer ${api.displayName} ${api.version}?`}
        confirmLabel="Transfer"
        busy={isBusy}
        onCancel={() => setPeople(undefined)}
        onConfirm={transfer}
      >
        What gateways serve stays as it is, and keys go on.{" "}
        {staysReachable
          ? "You reach it as an administrator all the same."
          : "You will not reach it any more, unless you stay as a co-owner."}
        <PersonField
          label="New owner"
          people={people ?? []}
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
    </Card>
  );
}
