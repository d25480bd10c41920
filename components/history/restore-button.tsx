"use client";

import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog.tsx";
import { useNotify } from "@/components/ui/notify.tsx";
import type { DocumentChange } from "@/lib/model/document-diff.ts";
import { compareApiRevisionsAction } from "@/lib/server/actions/compare-api-revisions-action.ts";
import { restoreApiRevisionAction } from "@/lib/server/actions/restore-api-revision-action.ts";
import { ChangeSentences } from "./change-sentences.tsx";
import { CommentField } from "./comment-field.tsx";

type RestoreButtonProps = {
  api: { id: string; name: string; version: string; isLive: boolean };
  revision: number;
  /** The revision that is stored now. */
  present: number;
};

/** Makes an earlier revision the present one, after a question that tells what that changes. */
export function RestoreButton({ api, revision, present }: RestoreButtonProps) {
  const router = useRouter();
  const notify = useNotify();
  const [changes, setChanges] = useState<readonly DocumentChange[]>();
  const [comment, setComment] = useState("");
  const [isPending, startTransition] = useTransition();
  const close = () => setChanges(undefined);

  const ask = () =>
    startTransition(async () => {
      const result = await compareApiRevisionsAction({ apiId: api.id, from: present, to: revision });
      if (result.ok) setChanges(result.value);
      else notify.error(result.problem.message);
    });

  const restore = () =>
    startTransition(async () => {
      const input = { apiId: api.id, revision, expectedRevision: present, comment };
      const result = await restoreApiRevisionAction(input);
      close();
      if (!result.ok) {
        notify.error(result.problem.message);
        router.refresh();
        return;
      }
      setComment("");
      notify.success(`Revision ${revision} is restored, as revision ${result.value.revision}.`);
      router.push(`/apis/${api.id}/history`);
      router.refresh();
    });

  return (
    <>
      <Button
        size="small"
        loading={isPending && changes === undefined}
        onClick={ask}
        aria-label={`Restore revision ${revision}`}
      >
        Restore…
      </Button>
      <ConfirmDialog
        open={changes !== undefined}
        title={`Restore revision ${revision} of ${api.name} ${api.version}?`}
        confirmLabel="Restore"
        busy={isPending}
        onCancel={close}
        onConfirm={restore}
      >
        <Stack sx={{ gap: 2 }}>
          <span>
            It becomes a new revision{api.isLive ? ", live on every gateway at once" : ""}. The lifecycle state stays as
            it is, and nothing of the history is lost.
          </span>
          <div>
            <Typography component="h3" variant="subtitle2" color="textPrimary">
              What changes
            </Typography>
            <ChangeSentences changes={changes ?? []} />
          </div>
          <CommentField value={comment} onChange={setComment} />
        </Stack>
      </ConfirmDialog>
    </>
  );
}
