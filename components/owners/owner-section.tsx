"use client";

import Autocomplete from "@mui/material/Autocomplete";
import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog.tsx";
import { useNotify } from "@/components/ui/notify.tsx";
import { WhenPermitted } from "@/components/ui/when-permitted.tsx";
import type { Api } from "@/lib/model/api.ts";
import type { PossibleOwner } from "@/lib/model/transfer.ts";
import { listPossibleOwnersAction, transferApiAction } from "@/lib/server/actions/transfer-actions.ts";

type OwnerSectionProps = {
  api: Pick<Api, "id" | "displayName" | "version" | "owner">;
  /** Whether this person goes on reaching the API when it is another's: an administrator does. */
  staysReachable: boolean;
};

/** Whose an API is, and giving it to somebody else. */
export function OwnerSection({ api, staysReachable }: OwnerSectionProps) {
  const router = useRouter();
  const notify = useNotify();
  const [people, setPeople] = useState<readonly PossibleOwner[]>();
  const [chosen, setChosen] = useState<PossibleOwner | null>(null);
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
      const result = await transferApiAction(api.id, { email: chosen.email });
      if (!result.ok) return setProblem(result.problem.message);
      setPeople(undefined);
      notify.success(`${api.displayName} ${api.version} belongs to ${result.value} now.`);
      if (staysReachable) router.refresh();
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
      <WhenPermitted>
        <Button variant="outlined" onClick={open} loading={isBusy && !people} sx={{ justifySelf: "start" }}>
          Transfer…
        </Button>
      </WhenPermitted>
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
          : "You will not reach it any more, unless its new owner gives it back."}
        <Autocomplete
          options={people ?? []}
          getOptionLabel={({ name, email }) => `${name} (${email})`}
          getOptionKey={({ id }) => id}
          value={chosen}
          onChange={(_, person) => {
            setChosen(person);
            setProblem(undefined);
          }}
          noOptionsText="Nobody else here may own APIs"
          renderInput={(params) => (
            <TextField {...params} label="New owner" required error={problem !== undefined} helperText={problem} />
          )}
          sx={{ mt: 2 }}
        />
      </ConfirmDialog>
    </Card>
  );
}
