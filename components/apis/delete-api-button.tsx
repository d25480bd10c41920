"use client";

import DeleteIcon from "@mui/icons-material/DeleteOutlined";
import Button from "@mui/material/Button";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog.tsx";
import { useNotify } from "@/components/ui/notify.tsx";
import { restorableDays } from "@/lib/model/deleted-api.ts";
import { deleteApiAction } from "@/lib/server/actions/delete-api-action.ts";
import { restoreDeletedApiAction } from "@/lib/server/actions/restore-deleted-api-action.ts";

/** Deletes an API after a question that names what goes. */
export function DeleteApiButton({
  api,
}: {
  api: { id: string; name: string; version: string; path: string; isLive: boolean };
}) {
  const router = useRouter();
  const notify = useNotify();
  const [isOpen, setOpen] = useState(false);
  const [isPending, startTransition] = useTransition();
  const remove = () =>
    startTransition(async () => {
      const result = await deleteApiAction(api.id);
      setOpen(false);
      if (!result.ok) return notify.error(result.problem.message);
      notify.success(`${api.name} ${api.version} is deleted.`, { undo: bringBack });
      router.push("/apis");
    });
  // The page is another one by then: what happens is told and shown by the application, not by this button.
  const bringBack = async () => {
    const result = await restoreDeletedApiAction(api.id);
    if (!result.ok) return notify.error(result.problem.message);
    notify.success(`${api.name} ${api.version} is back.`);
    router.refresh();
  };
  return (
    <>
      <Button color="error" startIcon={<DeleteIcon />} onClick={() => setOpen(true)}>
        Delete
      </Button>
      <ConfirmDialog
        open={isOpen}
        title={`Delete ${api.name} ${api.version}?`}
        confirmLabel="Delete API"
        destructive
        busy={isPending}
        onCancel={() => setOpen(false)}
        onConfirm={remove}
      >
        The API with its endpoints and all keys of its consumers is deleted.
        {api.isLive ? ` Calls to ${api.path} get 404 from then on.` : ""} Other versions stay. For {restorableDays} days
        it can be brought back from Deleted APIs, keys and all.
      </ConfirmDialog>
    </>
  );
}
