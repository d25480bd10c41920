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
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { useNotify } from "@/components/ui/notify.tsx";
import type { CoOwner } from "@/lib/model/co-owner.ts";
import type { PossibleOwner } from "@/lib/model/transfer.ts";
import {
  addCoOwnerAction,
  listPossibleCoOwnersAction,
  removeCoOwnerAction,
} from "@/lib/server/actions/co-owner-actions.ts";

const AddCoOwnerDialog = dynamic(() => import("./add-co-owner-dialog.tsx").then((module) => module.AddCoOwnerDialog), {
  loading: () => null,
});

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
  const [isBusy, startWork] = useTransition();

  function open(): void {
    startWork(async () => {
      const result = await listPossibleCoOwnersAction(apiId);
      if (!result.ok) return notify.error(result.problem.message);
      setPeople(result.value);
    });
  }

  function added(name: string): void {
    setPeople(undefined);
    notify.success(`${name} is a co-owner now.`);
    router.refresh();
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
      {people && <AddCoOwnerDialog {...{ apiId, people }} onClose={() => setPeople(undefined)} onAdded={added} />}
    </Card>
  );
}
