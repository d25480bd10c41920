"use client";

import DeleteIcon from "@mui/icons-material/DeleteOutlined";
import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import IconButton from "@mui/material/IconButton";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import ListItemText from "@mui/material/ListItemText";
import Tooltip from "@mui/material/Tooltip";
import Typography from "@mui/material/Typography";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog.tsx";
import { useNotify } from "@/components/ui/notify.tsx";
import type { CoOwner } from "@/lib/model/co-owner.ts";
import type { PossibleOwner } from "@/lib/model/transfer.ts";
import {
  addCoOwnerAction,
  listPossibleCoOwnersAction,
  removeCoOwnerAction,
} from "@/lib/server/actions/co-owner-actions.ts";
import { PersonField } from "./person-field.tsx";

type CoOwnerSectionProps = {
  apiId: string;
  coOwners: readonly CoOwner[];
  /** Whether this person chooses who they are. */
  mayChoose: boolean;
};

/** Who works on an API beside its owner. Removing somebody can be undone from the message that tells of it. */
export function CoOwnerSection({ apiId, coOwners, mayChoose }: CoOwnerSectionProps) {
  const router = useRouter();
  const notify = useNotify();
  const [people, setPeople] = useState<readonly PossibleOwner[]>();
  const [chosen, setChosen] = useState<PossibleOwner | null>(null);
  const [problem, setProblem] = useState<string>();
  const [isBusy, startWork] = useTransition();

  function open(): void {
    startWork(async () => {
      const result = await listPossibleCoOwnersAction(apiId);
      if (!result.ok) return notify.error(result.problem.message);
      setChosen(null);
      setProblem(undefined);
      setPeople(result.value);
    });
  }

  function add(): void {
    if (!chosen) {
      setProblem("Choose who works on the API as well.");
      return;
    }
    startWork(async () => {
      const result = await addCoOwnerAction(apiId, { email: chosen.email });
      if (!result.ok) return setProblem(result.problem.message);
      setPeople(undefined);
      notify.success(`${chosen.name} is a co-owner now.`);
      router.refresh();
    });
  }

  function remove(coOwner: CoOwner): void {
    startWork(async () => {
      const result = await removeCoOwnerAction(apiId, coOwner.id);
      if (!result.ok) return notify.error(result.problem.message);
      notify.success(`${coOwner.name} is no co-owner any more.`, { undo: () => addAgain(coOwner) });
      router.refresh();
    });
  }

  async function addAgain(coOwner: CoOwner): Promise<void> {
    const result = await addCoOwnerAction(apiId, { email: coOwner.email });
    if (!result.ok) return notify.error(result.problem.message);
    router.refresh();
  }

  return (
    <Card
      component="section"
      aria-labelledby="co-owners-title"
      sx={{ p: 3, mt: 3, maxWidth: 720, display: "grid", gap: 1.5 }}
    >
      <Typography id="co-owners-title" variant="h6" component="h2">
        Co-owners
      </Typography>
      <Typography color="textSecondary">
        {coOwners.length === 0 ? "Nobody works on this API beside its owner. " : ""}
        Co-owners do what the owner does, except deleting the API, giving it away and choosing co-owners.
      </Typography>
      {coOwners.length > 0 && (
        <List dense disablePadding aria-label="Co-owners">
          {coOwners.map((coOwner) => (
            <ListItem
              key={coOwner.id}
              disableGutters
              secondaryAction={
                mayChoose && (
                  <Tooltip title="Remove">
                    <IconButton
                      edge="end"
                      aria-label={`Remove ${coOwner.name}`}
                      disabled={isBusy}
                      onClick={() => remove(coOwner)}
                    >
                      <DeleteIcon />
                    </IconButton>
                  </Tooltip>
                )
              }
            >
              <ListItemText primary={coOwner.name} secondary={`${coOwner.email}, added by ${coOwner.addedBy}`} />
            </ListItem>
          ))}
        </List>
      )}
      {mayChoose && (
        <Button variant="outlined" onClick={open} loading={isBusy && !people} sx={{ justifySelf: "start" }}>
          Add co-owner…
        </Button>
      )}
      <ConfirmDialog
        open={people !== undefined}
        title="Add a co-owner"
        confirmLabel="Add"
        busy={isBusy}
        onCancel={() => setPeople(undefined)}
        onConfirm={add}
      >
        It holds for as long as their role lets them publish.
        <PersonField
          label="Co-owner"
          people={people ?? []}
          value={chosen}
          problem={problem}
          onChange={(person) => {
            setChosen(person);
            setProblem(undefined);
          }}
        />
      </ConfirmDialog>
    </Card>
  );
}
