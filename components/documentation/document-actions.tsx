"use client";

import Button from "@mui/material/Button";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog.tsx";
import { useNotify } from "@/components/ui/notify.tsx";
import { WhenPermitted } from "@/components/ui/when-permitted.tsx";
import { deleteDocumentationAction } from "@/lib/server/actions/documentation-actions.ts";

type DocumentActionsProps = { apiId: string; documentId: string; name: string };

/** What can be done with a document that is being read. */
export function DocumentActions({ apiId, documentId, name }: DocumentActionsProps) {
  const router = useRouter();
  const notify = useNotify();
  const [isAsking, setAsking] = useState(false);
  const [isDeleting, startDeleting] = useTransition();
  const list = `/apis/${apiId}/documents`;

  function remove(): void {
    startDeleting(async () => {
      const result = await deleteDocumentationAction(apiId, documentId);
      setAsking(false);
      if (!result.ok) return notify.error(result.problem.message);
      notify.success(`The document “${name}” is deleted.`);
      router.push(list);
    });
  }

  return (
    <>
      <Button component={Link} href={list}>
        All documents
      </Button>
      <WhenPermitted>
        <Button color="error" onClick={() => setAsking(true)}>
          Delete document
        </Button>
        <Button component={Link} href={`${list}/${documentId}/edit`} variant="contained">
          Edit document
        </Button>
      </WhenPermitted>
      <ConfirmDialog
        open={isAsking}
        title={`Delete “${name}”?`}
        confirmLabel="Delete document"
        destructive
        busy={isDeleting}
        onCancel={() => setAsking(false)}
        onConfirm={remove}
      >
        The document is gone for everybody, and cannot be brought back: documents have no revisions.
      </ConfirmDialog>
    </>
  );
}
